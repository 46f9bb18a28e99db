namespace DossierKit.Protocols;

/// <summary>Reckons the terms of one case on one day.</summary>
internal sealed class TermReckoner(IReadOnlyList<ProtocolEvent> events, Protocol protocol, CaseFacts facts, DateOnly today)
{
    public IReadOnlyList<Term> All() => throw new NotSupportedException($"{events.Count} {protocol.Id} {facts.Known.Count} {today}");
}

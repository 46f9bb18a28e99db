namespace DossierKit.Protocols;

/// <summary>The words of a protocol file that stand for one of a closed list.</summary>
internal static class ProtocolWords
{
    public static readonly Dictionary<string, Strength> Strengths = new(StringComparer.Ordinal)
    {
        ["moet"] = Strength.Must,
        ["in_de_regel"] = Strength.AsARule,
        ["kan"] = Strength.May,
        ["indien_van_toepassing"] = Strength.IfApplicable,
    };

    public static readonly Dictionary<string, RulePhase> Phases = new(StringComparer.Ordinal)
    {
        ["altijd"] = RulePhase.Always,
        ["melding"] = RulePhase.Melding,
        ["beoordeling"] = RulePhase.Assessment,
        ["opdracht"] = RulePhase.Commission,
        ["onderzoek"] = RulePhase.Investigation,
        ["oordeel"] = RulePhase.Judgement,
        ["maatregel"] = RulePhase.Measure,
        ["afsluiting"] = RulePhase.Closing,
    };

    public static readonly Dictionary<string, RuleGuard> Guards = new(StringComparer.Ordinal)
    {
        ["toegang"] = RuleGuard.Access,
        ["naamcontrole"] = RuleGuard.NameCheck,
        ["projectie"] = RuleGuard.Projection,
        ["register"] = RuleGuard.Register,
        ["sjabloon"] = RuleGuard.Template,
        ["termijnen"] = RuleGuard.Terms,
        ["bewaring"] = RuleGuard.Retention,
    };

    public static readonly Dictionary<string, AuthorityTask> Tasks = new(StringComparer.Ordinal)
    {
        ["ontvangt"] = AuthorityTask.Receives,
        ["geeft_opdracht"] = AuthorityTask.Commissions,
        ["oordeelt"] = AuthorityTask.Judges,
        ["legt_op"] = AuthorityTask.Imposes,
    };

    public static readonly Dictionary<string, ElementContent> Contents = new(StringComparer.Ordinal)
    {
        ["vaste_tekst"] = ElementContent.StandingText,
        ["tekst"] = ElementContent.Text,
        ["datum"] = ElementContent.Date,
        ["lijst"] = ElementContent.List,
        ["uit_dossier"] = ElementContent.FromDossier,
    };

    public static readonly Dictionary<string, TermScope> Scopes = new(StringComparer.Ordinal)
    {
        ["dossier"] = TermScope.Dossier,
        ["persoon"] = TermScope.Person,
        ["gesprek"] = TermScope.Reference,
        ["gemeente"] = TermScope.Municipality,
    };

    public static readonly Dictionary<string, TermUnit> Units = new(StringComparer.Ordinal)
    {
        ["werkdag"] = TermUnit.Workdays,
        ["werkdagen"] = TermUnit.Workdays,
        ["kalenderdag"] = TermUnit.Days,
        ["kalenderdagen"] = TermUnit.Days,
        ["week"] = TermUnit.Weeks,
        ["weken"] = TermUnit.Weeks,
        ["maand"] = TermUnit.Months,
        ["maanden"] = TermUnit.Months,
        ["jaar"] = TermUnit.Years,
        ["jaren"] = TermUnit.Years,
    };

    public static readonly Dictionary<string, AccessAnswer> Answers = new(StringComparer.Ordinal)
    {
        ["ja"] = AccessAnswer.Yes,
        ["op_verzoek"] = AccessAnswer.OnRequest,
        ["inzage_zonder_kopie"] = AccessAnswer.ViewOnly,
        ["nee"] = AccessAnswer.No,
    };

    public static readonly Dictionary<string, bool> EndMoves = new(StringComparer.Ordinal) { ["schuift"] = true, ["blijft"] = false };
}

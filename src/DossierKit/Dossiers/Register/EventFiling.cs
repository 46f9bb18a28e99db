namespace DossierKit.Dossiers;

/// <summary>
/// Where an event is kept and what the register fills in, drawn from the case: pure. Nothing that is about a confidential or anonymous melder lies outside
/// <c>melder</c>, and what refers to something else (a receipt, the verslag of a verantwoording) lies where that lies.
/// </summary>
internal static class EventFiling
{
    /// <summary>The event as it is kept.</summary>
    /// <param name="state">The state with every compartment, and with the events that go before this one.</param>
    /// <param name="happening">The event as a person gave it.</param>
    public static DossierEvent Complete(DossierState state, DossierEvent happening)
    {
        if (happening is EvidenceSecured { Sha256: null, File: { } id } secured && state.FindFile(id) is { } file) happening = secured with { Sha256 = file.Sha256 };
        var place = PlaceOf(state, happening);
        return place == happening.KeptIn ? happening : happening with { KeptIn = place };
    }

    /// <summary>The compartment that the content decides; <see langword="null"/> when the kind of event decides it.</summary>
    private static Compartment? PlaceOf(DossierState state, DossierEvent happening)
    {
        if (happening is AnswersRecorded answers) return IsForMelder(state, answers) ? Compartment.Melder : null;
        if (!FollowsItsPerson(happening)) return null;
        if (IsAboutMelder(state, happening)) return Compartment.Melder;
        var own = (happening with { KeptIn = null }).Compartment;
        return ReferredTo(state, happening) is { } about && about.Compartment != own && about.Compartment != Compartment.Opnamen ? about.Compartment : null;
    }

    /// <summary>
    /// Answers for a letter that says who a melder is lie where that is known: when one of them names a melder behind its @, or whoever records them says so (a letter
    /// to an office that may know the melder).
    /// </summary>
    private static bool IsForMelder(DossierState state, AnswersRecorded answers)
        => answers.KeptIn == Compartment.Melder || answers.Answers.Keys.Any(path => path.LastIndexOf('@') is >= 0 and var at
            && path[(at + 1)..].Split(':').Any(word => PersonId.TryParse(word, out var person) && state.FindPerson(person)?.Compartment == Compartment.Melder));

    /// <summary>Events that are about a person who reads or gives something; others (a melding, an opdracht) say nothing about who the melder is.</summary>
    private static bool FollowsItsPerson(DossierEvent happening) => happening is DocumentSent or DeliveryConfirmed or ProgressReported or PartiesInformed or AftercareOffered
        or ComplaintReceived or InzageGranted or EvidenceSecured or EvidenceReturned or InvitationSent or ConversationHeld or RecordingMade or VerslagEvent or JournalNoted
        or OriginalRegistered or CopyKeptElsewhere or CopyRetrieved or RuleKept or FactEstablished;

    private static bool IsAboutMelder(DossierState state, DossierEvent happening)
    {
        var persons = happening.Subjects.Select(state.FindPerson).OfType<CasePerson>().ToList();
        // Conversations are led by onderzoekers; with a melder who may be named they stay with the onderzoek.
        var hidden = persons.Where(person => person.Compartment == Compartment.Melder && !(person.Form == MelderForm.Open && happening is ConversationHeld or RecordingMade or VerslagEvent or InvitationSent)).ToList();
        // A message to several at once names nobody apart: it is kept where it belongs, unless all of them are melders. A note about a melder is never kept elsewhere.
        return hidden.Count > 0 && (hidden.Count == persons.Count || happening is JournalNoted);
    }

    private static DossierEvent? ReferredTo(DossierState state, DossierEvent happening)
    {
        var reference = happening switch
        {
            VerslagEvent verslag => verslag.Conversation,
            OriginalRegistered original => original.Conversation,
            DeliveryConfirmed receipt => receipt.Dispatch,
            EvidenceReturned returned => returned.Evidence,
            CopyRetrieved retrieved => retrieved.Copy,
            _ => null,
        };
        return reference is null ? null : state.FindReference(reference);
    }
}

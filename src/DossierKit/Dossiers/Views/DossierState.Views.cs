namespace DossierKit.Dossiers;

/// <summary>The registers of a case. Each holds what the person who opened the dossier may see, like the state itself.</summary>
public sealed partial class DossierState
{
    /// <summary>The register of evidence, in the order in which it was secured.</summary>
    public IReadOnlyList<EvidenceItem> Evidence => EvidenceItem.Of(this);

    /// <summary>The dispatch log: every document that went out, oldest first, with its receipt.</summary>
    public IReadOnlyList<Dispatch> Dispatches => Dispatch.Of(this);

    /// <summary>The journaal: every act in order.</summary>
    public IReadOnlyList<JournalLine> Journaal => JournalLine.Of(this);

    /// <summary>The signed originals, and the signed verslagen of which nobody wrote down where the original lies.</summary>
    public IReadOnlyList<SignedOriginal> Originals => SignedOriginal.Of(this);

    /// <summary>The copies outside this vault, also those that came back.</summary>
    public IReadOnlyList<CopyElsewhere> CopiesElsewhere => CopyElsewhere.Of(this);

    /// <summary>The recordings, oldest first, each with the copies and transcripts that share its fate.</summary>
    public IReadOnlyList<RecordingItem> Recordings => RecordingItem.Of(this);

    /// <summary>The registration form of each betrokkene.</summary>
    public IReadOnlyList<CaseRegistration> Registrations => CaseRegistration.Of(this);

    /// <summary>The temporary measures, oldest first.</summary>
    public IReadOnlyList<Ordemaatregel> Ordemaatregelen => Ordemaatregel.Of(Events.Select(recorded => recorded.Event));

    /// <summary>Wederhoor and zienswijze: what each betrokkene was asked, until when, and what came back.</summary>
    public IReadOnlyList<ResponseStep> Responses => ResponseStep.Of(this);

    /// <summary>The next report of progress that was promised, for each person it was promised to; those that came are left out.</summary>
    public IReadOnlyDictionary<PersonId, DateOnly> ProgressDue
    {
        get
        {
            var due = new Dictionary<PersonId, DateOnly>();
            foreach (var report in All<ProgressReported>())
            {
                foreach (var person in report.To)
                {
                    if (report.NextOn is { } next) due[person] = next;
                    else due.Remove(person);
                }
            }

            return due;
        }
    }
}

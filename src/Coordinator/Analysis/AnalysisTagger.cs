using Akka.Persistence.Journal;
using AdvFit.Coordinator.Journal;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Cluster;

namespace AdvFit.Coordinator.Analysis;

/// <summary>
/// Tags the events that the analysis reads: those of sweeps, that one is forgotten, and the outcomes of shuffles, not the facts of
/// single stages.
/// </summary>
public sealed class AnalysisTagger : IWriteEventAdapter
{
    /// <inheritdoc/>
    public string Manifest(object evt) => "";

    /// <inheritdoc/>
    public object ToJournal(object evt) =>
        evt is SweepForgotten || (evt is JournaledEvent { Event: var written }
            && (written is not FactRecorded { Fact: var fact } || StageCatalog.Of(fact) is not { RecordMember: not null }))
            ? new Tagged(evt, [PersistenceIds.AnalysisTag])
            : evt;
}

using Akka.Persistence.Journal;
using AdvFit.Messages;
using AdvFit.Sweeps.Cluster;

namespace AdvFit.Coordinator;

/// <summary>
/// Tags what the analysis reads: what happened to sweeps, and what their shuffles found; not the many facts on the way.
/// </summary>
public sealed class AnalysisTagger : IWriteEventAdapter
{
    /// <inheritdoc/>
    public string Manifest(object evt) => "";

    /// <inheritdoc/>
    public object ToJournal(object evt) =>
        evt is JournaledEvent { Event: not FactRecorded { Fact: EpochTrained or NeighboursFound or AttackCrafted } }
            ? new Tagged(evt, [JournalIds.AnalysisTag])
            : evt;
}

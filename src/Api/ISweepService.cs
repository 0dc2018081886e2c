using System.Collections.Immutable;
using AdvFit.Messages;
using AdvFit.Sweeps;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Store;

namespace AdvFit.Api;

/// <summary>
/// What can be asked of those who work on sweeps together. HTTP and the operators' palette are thin layers over it.
/// Thread-safe. Every method throws <see cref="ServiceUnavailableException"/> where nobody can answer just now.
/// </summary>
public interface ISweepService
{
    /// <summary>Ids of the sweeps, the latest begun first.</summary>
    Task<ImmutableArray<string>> Sweeps(CancellationToken cancellation);

    /// <summary>How a sweep stands; null where there is none of that id.</summary>
    Task<SweepSnapshot?> Find(string sweep, CancellationToken cancellation);

    /// <summary>The events of a sweep so far, in order, without gaps but for those that were not asked for.</summary>
    /// <param name="sweep">The id of a sweep that there is.</param>
    /// <param name="query">Which events; none where they begin after the last one.</param>
    IAsyncEnumerable<JournalEntry> Read(string sweep, EventQuery query, CancellationToken cancellation);

    /// <summary>The events of a sweep in full, and then as they come, until it is cancelled.</summary>
    /// <param name="sweep">The id of a sweep that there is.</param>
    /// <param name="after">Number of the last event to leave out; 0 for none.</param>
    IAsyncEnumerable<JournalEntry> Follow(string sweep, long after, CancellationToken cancellation);

    /// <summary>Begins a sweep, or continues or extends the one that is there.</summary>
    /// <param name="spec">What it is.</param>
    /// <param name="failFast">Whether the first shuffle that fails ends the work.</param>
    /// <exception cref="SweepException">It is refused.</exception>
    Task<SweepAccepted> Submit(SweepSpec spec, bool failFast, CancellationToken cancellation);

    /// <summary>Has a command done: pause, resume, cancel or rerun.</summary>
    /// <exception cref="SweepException">It is refused, or there is no such sweep.</exception>
    Task Perform(string sweep, SweepCommand command, CancellationToken cancellation);

    /// <summary>What a sweep found, as far as it is done.</summary>
    /// <param name="sweep">The id of a sweep that there is.</param>
    /// <exception cref="SweepException">The record contradicts itself.</exception>
    Task<ResultsDocument> Results(string sweep, CancellationToken cancellation);

    /// <summary>The nodes that work, by name.</summary>
    Task<ImmutableArray<NodeSnapshot>> Nodes(CancellationToken cancellation);

    /// <summary>Takes a sweep over from elsewhere; the files that its events name and have not given up are there already.</summary>
    /// <param name="import">All events of the sweep, which make a sweep of that id.</param>
    /// <exception cref="SweepException">There is a sweep of that id.</exception>
    Task Import(SweepImportRequest import, CancellationToken cancellation);

    /// <summary>The files of a sweep, which need not have any yet.</summary>
    /// <param name="sweep">An id of the form that ids have.</param>
    ArtifactStore ArtifactsOf(string sweep);

    /// <summary>Whether requests can be answered just now. Never throws <see cref="ServiceUnavailableException"/>.</summary>
    Task<Readiness> Readiness(CancellationToken cancellation);
}

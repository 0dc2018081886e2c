using System.Collections.Immutable;
using AdvFit.Messages;
using AdvFit.Sweeps;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Store;

namespace AdvFit.Api;

/// <summary>
/// The operations on the sweeps and nodes of a cluster. HTTP and the operators' palette are thin layers over it. Thread-safe.
/// Every method throws <see cref="ServiceUnavailableException"/> where the cluster cannot answer just now.
/// </summary>
public interface ISweepService
{
    /// <summary>Ids of the sweeps, the latest begun first.</summary>
    Task<ImmutableArray<string>> Sweeps(CancellationToken cancellation);

    /// <summary>The snapshot of a sweep after its latest event; null where there is none of that id.</summary>
    /// <exception cref="SweepException">It is quarantined, and nothing of it is sound.</exception>
    Task<SweepSnapshot?> Find(string sweep, CancellationToken cancellation);

    /// <summary>The selected events of a sweep so far, in order.</summary>
    /// <param name="sweep">The id of an existing sweep.</param>
    /// <param name="query">Which events.</param>
    IAsyncEnumerable<JournalEntry> Read(string sweep, EventQuery query, CancellationToken cancellation);

    /// <summary>The full events of a sweep, those so far and then new ones as they come, until it is cancelled.</summary>
    /// <param name="sweep">The id of an existing sweep.</param>
    /// <param name="after">Number of the last event to leave out; 0 for none.</param>
    IAsyncEnumerable<JournalEntry> Follow(string sweep, long after, CancellationToken cancellation);

    /// <summary>Begins a sweep, or continues or extends the existing one.</summary>
    /// <param name="spec">The sweep's spec.</param>
    /// <param name="failFast">Whether the first shuffle that fails ends the work.</param>
    /// <exception cref="SweepException">It is refused.</exception>
    /// <exception cref="Sweeps.Spec.SpecException">The spec asks for what the data do not allow.</exception>
    /// <exception cref="Learning.Data.DatasetException">The data cannot be had.</exception>
    Task<SubmitResult> Submit(SweepSpec spec, bool failFast, CancellationToken cancellation);

    /// <summary>Pauses, resumes, cancels or reruns a sweep.</summary>
    /// <exception cref="SweepException">It is refused, or there is no such sweep.</exception>
    Task Perform(string sweep, SweepCommand command, CancellationToken cancellation);

    /// <summary>Removes a sweep that is quarantined, or that nobody works on, with its files.</summary>
    /// <exception cref="SweepException">It is refused, or there is no such sweep.</exception>
    Task Forget(string sweep, CancellationToken cancellation);

    /// <summary>The results of a sweep as far as it is done.</summary>
    /// <param name="sweep">The id of an existing sweep.</param>
    /// <exception cref="SweepException">The record contradicts itself, or the sweep is quarantined.</exception>
    Task<ResultsDocument> Results(string sweep, CancellationToken cancellation);

    /// <summary>The nodes by name.</summary>
    Task<ImmutableArray<NodeSnapshot>> Nodes(CancellationToken cancellation);

    /// <summary>Imports a sweep. The files that its events name and have not given up have to be there already.</summary>
    /// <param name="import">The sweep's id and all its events.</param>
    /// <exception cref="SweepException">There is a sweep of that id.</exception>
    Task Import(SweepImportRequest import, CancellationToken cancellation);

    /// <summary>The files of a sweep, which need not exist yet.</summary>
    /// <param name="sweep">A well-formed id.</param>
    ArtifactStore ArtifactsOf(string sweep);
}

/// <summary>The answer to a submission.</summary>
/// <param name="Sweep">Its id.</param>
/// <param name="IsNew">Whether the sweep is new.</param>
public sealed record SubmitResult(string Sweep, bool IsNew);

/// <summary>A sweep to be imported.</summary>
/// <param name="Sweep">Its id.</param>
/// <param name="Events">All its events, in order.</param>
public sealed record SweepImportRequest(string Sweep, IReadOnlyList<TimedEvent> Events);

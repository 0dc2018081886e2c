using System.Collections.Immutable;
using AdvFit.Experiments;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Store;

namespace AdvFit.Sweeps.Queries;

/// <summary>Read access to sweeps, in a store of this machine or on a server. Not thread-safe.</summary>
public interface ISweepSource : IDisposable
{
    /// <summary>Where they are, for people: a folder or an address.</summary>
    string Place { get; }

    /// <summary>The journal.</summary>
    IJournalReader Journal { get; }

    /// <summary>Ids of the sweeps, the latest begun first.</summary>
    /// <exception cref="StoreException">They cannot be read.</exception>
    ImmutableArray<string> Sweeps();

    /// <summary>A line for each sweep, the latest begun first.</summary>
    /// <exception cref="StoreException">They cannot be read.</exception>
    ImmutableArray<SweepSummary> List();

    /// <summary>What is wrong with a sweep that is quarantined, and the mend, as of the last list; null for every other.</summary>
    /// <param name="sweep">The sweep's id.</param>
    string? TroubleOf(string sweep) => null;

    /// <summary>Whether a process works on a sweep at present.</summary>
    /// <param name="sweep">The sweep's id.</param>
    /// <param name="state">How it stands.</param>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    bool IsLive(string sweep, SweepState state);

    /// <summary>Where the files of a sweep are, as those who keep them call it.</summary>
    /// <param name="sweep">The sweep's id.</param>
    string FolderOf(string sweep);

    /// <summary>The files of a sweep, to be read.</summary>
    /// <param name="sweep">The sweep's id.</param>
    IArtifactStore ArtifactsOf(string sweep);
}

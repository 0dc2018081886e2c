using System.Collections.Immutable;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Spec;
using AdvFit.Sweeps.Store;

namespace AdvFit.Sweeps.Queries;

/// <summary>One line of a list of sweeps.</summary>
/// <param name="Id">The sweep's id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Completed">Shuffles completed.</param>
/// <param name="Failed">Shuffles failed.</param>
/// <param name="Total">Shuffles asked for.</param>
/// <param name="Created">When it was begun.</param>
/// <param name="Updated">When something last happened.</param>
public sealed record SweepSummary(
    string Id, string Name, SweepStatus Status, int Completed, int Failed, int Total,
    DateTimeOffset Created, DateTimeOffset Updated)
{
    /// <summary>What is wrong with a sweep that is quarantined, and the mend, in a sentence; null for every other.</summary>
    public string? Trouble { get; init; }

    /// <summary>The line of a sweep.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="state">How it stands.</param>
    /// <param name="isLive">Whether somebody works on it.</param>
    public static SweepSummary Of(string id, SweepState state, bool isLive) => new(
        id, state.Spec.Name, SweepStatuses.Of(state, isLive), state.Completed, state.Failed, state.Shuffles.Count,
        state.Created, state.Updated);

    /// <summary>The line of a sweep that is quarantined.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="state">How it stood after its last sound event; null where there is none.</param>
    /// <param name="trouble">What is wrong, and the mend.</param>
    public static SweepSummary OfQuarantined(string id, SweepState? state, string trouble) =>
        (state is null
            ? new SweepSummary(id, SweepNames.NameOf(id), default, 0, 0, 0, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch)
            : Of(id, state, isLive: false)) with
        { Status = SweepStatus.Quarantined, Trouble = trouble };
}

/// <summary>The state and history of one sweep.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="State">What was asked and found.</param>
/// <param name="History">When, where and how long it was worked on.</param>
public sealed record SweepDetails(string Id, SweepStatus Status, SweepState State, SweepHistory History)
{
    /// <summary>A sweep as its journal has it.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="state">How it stands.</param>
    /// <param name="history">When and where it was worked on.</param>
    /// <param name="isLive">Whether somebody works on it; if nobody does, an open session has been lost.</param>
    public static SweepDetails Of(string id, SweepState state, SweepHistory history, bool isLive) => new(
        id, SweepStatuses.Of(state, isLive), state, isLive ? history : history.EndSession(SessionEnding.Lost));
}

/// <summary>Answers questions about sweeps, also while somebody works on them.</summary>
/// <param name="source">Where they are.</param>
public sealed class SweepCatalog(ISweepSource source)
{
    /// <summary>A sweep by its id.</summary>
    /// <exception cref="SweepException">There is no such sweep.</exception>
    /// <exception cref="StoreException">They cannot be read.</exception>
    public SweepDetails Load(string id)
    {
        var (state, history, _) = SweepReplay.Of(source.Journal, id);
        return state is null
            ? throw Unknown(id, source.Sweeps())
            : SweepDetails.Of(id, state, history, source.IsLive(id, state));
    }

    /// <summary>What a spec changes about the sweeps that there are, in words; null where it changes nothing.</summary>
    /// <exception cref="StoreException">They cannot be read.</exception>
    public string? Compare(SweepSpec asked)
    {
        var (id, ids) = (SweepId.Of(asked), source.Sweeps());
        return ids.Contains(id)
            ? SweepComparison.OfExtension(Load(id).State, asked)
            : SweepComparison.OfNewSweep(
                [.. ids.Where(other => SweepNames.NameOf(other) == asked.Name).Select(other => (other, Load(other).State.Spec))], asked);
    }

    /// <summary>What the completed shuffles of a sweep found, in their order.</summary>
    /// <exception cref="StoreException">They cannot be read.</exception>
    public IEnumerable<ShuffleOutcome> Outcomes(string id, SweepState state) =>
        ShuffleRecords.Outcomes(source.Journal, id, state);

    /// <summary>What a completed shuffle found; null where it is not completed.</summary>
    /// <exception cref="StoreException">They cannot be read.</exception>
    public ShuffleOutcome? Outcome(string id, SweepState state, int shuffle) =>
        ShuffleRecords.Outcome(source.Journal, id, state, shuffle);

    /// <summary>The stages that are done of a shuffle, with their files.</summary>
    /// <exception cref="StoreException">They cannot be read.</exception>
    public ShuffleRecord Record(string id, int shuffle) => ShuffleRecords.Of(source.Journal, id, shuffle);

    /// <summary>The id of the sweep that a user means.</summary>
    /// <param name="asked">An id, a name (the latest begun of that name), the start of just one id, or a spec's path.</param>
    /// <param name="readSpec">Reads a spec.</param>
    /// <exception cref="SweepException">There is no such sweep, or several.</exception>
    /// <exception cref="SpecException">It is a spec's path, but the spec is not sound.</exception>
    /// <exception cref="StoreException">They cannot be read.</exception>
    public string Resolve(string asked, Func<string, SweepSpec> readSpec)
    {
        var ids = source.Sweeps();
        if (SweepNames.Named(asked, ids) is { } named)
        {
            return named;
        }

        if (File.Exists(asked))
        {
            var id = SweepId.Of(readSpec(asked));
            return ids.Contains(id)
                ? id
                : throw new SweepException(
                    $"The spec {asked} describes the sweep {id}, which {source.Place} does not have; start it with `advfit run {asked}`.");
        }

        return SweepNames.Beginning(asked, ids) ?? throw Unknown(asked, ids);
    }

    private SweepException Unknown(string asked, ImmutableArray<string> ids) => new(
        ids.IsEmpty
            ? $"There is no sweep `{asked}`: {source.Place} holds none; start one with `advfit run SPEC`."
            : $"There is no sweep `{asked}` in {source.Place}{Suggestion.End(asked, ids)}");
}

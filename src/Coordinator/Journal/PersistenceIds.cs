using AdvFit.Coordinator.Sweeps;
namespace AdvFit.Coordinator.Journal;

/// <summary>Persistence ids and tags in the journal, and the sweeps that they belong to.</summary>
internal static class PersistenceIds
{
    /// <summary>The tag of all events that the analysis reads.</summary>
    public const string AnalysisTag = "analysis";

    /// <summary>The persistence id of a sweep's actor.</summary>
    public static string OfSweep(string sweep) => SweepActor.IdPrefix + sweep;

    /// <summary>The persistence id of a shuffle's entity.</summary>
    public static string OfShuffle(string sweep, int shuffle) =>
        ShuffleEntity.IdPrefix + Actors.ShuffleMessageExtractor.IdOf(sweep, shuffle);

    /// <summary>What the persistence ids of a sweep's shuffles begin with.</summary>
    public static string PrefixOfShuffles(string sweep) => $"{ShuffleEntity.IdPrefix}{sweep}:";

    /// <summary>The sweep of a persistence id, and whether the id is that of a shuffle's entity.</summary>
    public static (string Sweep, bool IsShuffle) SweepOf(string persistenceId) =>
        persistenceId.StartsWith(ShuffleEntity.IdPrefix, StringComparison.Ordinal)
            ? (persistenceId[ShuffleEntity.IdPrefix.Length..persistenceId.LastIndexOf(':')], true)
            : (persistenceId[SweepActor.IdPrefix.Length..], false);
}

namespace AdvFit.Coordinator;

/// <summary>Which sweep an event belongs to, by the persistence id of the actor that recorded it.</summary>
internal static class JournalIds
{
    /// <summary>The tag of all events that the analysis reads.</summary>
    public const string AnalysisTag = "analysis";

    /// <summary>The persistence id of a sweep.</summary>
    public static string OfSweep(string sweep) => SweepActor.IdPrefix + sweep;

    /// <summary>The persistence id of a shuffle.</summary>
    public static string OfShuffle(string sweep, int shuffle) =>
        ShuffleEntity.IdPrefix + Actors.ShuffleMessageExtractor.IdOf(sweep, shuffle);

    /// <summary>The sweep's id, and whether a shuffle's entity recorded it.</summary>
    public static (string Sweep, bool IsShuffle) SweepOf(string persistenceId) =>
        persistenceId.StartsWith(ShuffleEntity.IdPrefix, StringComparison.Ordinal)
            ? (persistenceId[ShuffleEntity.IdPrefix.Length..persistenceId.LastIndexOf(':')], true)
            : (persistenceId[SweepActor.IdPrefix.Length..], false);
}

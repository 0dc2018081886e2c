using System.Collections.Immutable;
using AdvFit.Messages;

namespace AdvFit.Sweeps.Cluster;

/// <summary>The coordinator knows of a sweep: an event of its own journal.</summary>
public sealed record SweepRegistered(string Sweep);

/// <summary>The coordinator began to adopt a sweep, which is registered once it is whole: an event of its own journal.</summary>
/// <param name="Journal">As <see cref="AdoptSweep.Journal"/>.</param>
public sealed record AdoptionBegun(string Sweep, string Journal);

/// <summary>The coordinator gave up a sweep, whose events are to be erased: an event of its own journal.</summary>
public sealed record ForgettingBegun(string Sweep);

/// <summary>
/// Nothing is left of a sweep, so that another may have its id: an event of the coordinator's own journal, which the analysis
/// reads as well.
/// </summary>
public sealed record SweepForgotten(string Sweep);

/// <summary>Stands for an event of the journal that cannot be read.</summary>
/// <param name="Problem">Why, in a sentence.</param>
public sealed record UnreadableEvent(string Problem);

/// <summary>What the analysis knew when it had read the journal up to an offset.</summary>
/// <param name="Offset">The journal's offset of the last event in it.</param>
/// <param name="Sweeps">The sweeps.</param>
public sealed record AnalysisSnapshot(long Offset, ImmutableArray<AnalysedSweepSnapshot> Sweeps);

/// <summary>What the analysis knew of one sweep.</summary>
/// <param name="Number">Number of the last event of the sweep in it.</param>
/// <param name="Body">How the sweep stood, as a journal's snapshot has it.</param>
/// <param name="Outcomes">What its shuffles found.</param>
public sealed record AnalysedSweepSnapshot(string Sweep, long Number, string Body, ImmutableArray<ShuffleOutcome> Outcomes);

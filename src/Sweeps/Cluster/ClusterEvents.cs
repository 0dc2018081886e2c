using System.Collections.Immutable;
using AdvFit.Messages;

namespace AdvFit.Sweeps.Cluster;

/// <summary>The coordinator knows of a sweep: an event of its own journal.</summary>
public sealed record SweepRegistered(string Sweep);

/// <summary>What the analysis knew when it had read the journal up to an offset.</summary>
/// <param name="Offset">The journal's offset of the last event in it.</param>
/// <param name="Sweeps">The sweeps.</param>
public sealed record AnalysisSnapshot(long Offset, ImmutableArray<AnalysedSweepSnapshot> Sweeps);

/// <summary>What the analysis knew of one sweep.</summary>
/// <param name="Number">Number of the last event of the sweep in it.</param>
/// <param name="Body">How the sweep stood, as a journal's snapshot has it.</param>
/// <param name="Outcomes">What its shuffles found.</param>
public sealed record AnalysedSweepSnapshot(string Sweep, long Number, string Body, ImmutableArray<ShuffleOutcome> Outcomes);

using System.Collections.Immutable;
using AdvFit.Experiments;
using AdvFit.Messages;

namespace AdvFit.Sweeps.Cluster;

/// <summary>The journal of a shuffle's entity is damaged, and with it the sweep.</summary>
/// <param name="Damage">What is wrong, as a part of a sentence.</param>
public sealed record ShuffleDamaged(string Sweep, int Shuffle, string Damage) : ISweepMessage;

/// <summary>
/// A node tells the entity of a shuffle what it has done of it, and repeats that until it is answered by
/// <see cref="FactAccepted"/>, <see cref="AttemptFenced"/> or <see cref="Refused"/>.
/// </summary>
public sealed record RecordFact(string Sweep, ShuffleFact Fact) : IShuffleMessage
{
    int IShuffleMessage.Shuffle => Fact.Shuffle;
}

/// <summary>The entity of a shuffle, which has the fact in its journal, passes it on in brief; the answer goes to the node.</summary>
public sealed record ReportStage(string Sweep, ShuffleFact Fact) : ISweepMessage;

/// <summary>An attempt that a node works on.</summary>
/// <param name="Progress">What it does just now; null before it has begun.</param>
public sealed record AttemptProgress(AttemptId Attempt, ShuffleProgress? Progress);

/// <summary>
/// All that there is to say of a node, told again and again, so that no single report matters. Answered by
/// <see cref="NodeOrders"/>.
/// </summary>
/// <param name="Node">Address and incarnation: <c>akka.tcp://advfit@10.0.0.7:4054#1234</c>.</param>
/// <param name="Slots">Shuffles that it works on at once.</param>
/// <param name="IsLeaving">Whether it takes no more.</param>
/// <param name="Running">What it works on.</param>
public sealed record NodeReport(string Node, int Slots, bool IsLeaving, ImmutableArray<AttemptProgress> Running) : IWireMessage;

using System.Collections.Immutable;
using AdvFit.Sweeps.Decisions;

namespace AdvFit.Sweeps.Cluster;

/// <summary>The last report of a node, and what the cluster knows of it.</summary>
/// <param name="Node">Address and incarnation, as <see cref="NodeReport.Node"/>.</param>
/// <param name="Slots">Shuffles that it works on at once.</param>
/// <param name="IsLeaving">Whether it takes no more.</param>
/// <param name="Heard">When it said so.</param>
/// <param name="Running">What it works on.</param>
public sealed record NodeState(
    string Node, int Slots, bool IsLeaving, DateTimeOffset Heard, ImmutableArray<AttemptProgress> Running);

/// <summary>Which node has an attempt.</summary>
/// <param name="Attempt">The attempt's number.</param>
/// <param name="Node">The node.</param>
/// <param name="ConfirmedAt">When the node was last sent the attempt, or last reported it.</param>
public sealed record Placement(int Attempt, string Node, DateTimeOffset ConfirmedAt);

/// <summary>
/// Which nodes there are and what they work on. It is not recorded: a new coordinator learns it from the reports of the
/// nodes. Immutable; decides and does nothing.
/// </summary>
public sealed record NodeDirectory(
    ImmutableSortedDictionary<string, NodeState> Nodes,
    ImmutableDictionary<(string Sweep, int Shuffle), Placement> Placements)
{
    /// <summary>A node that does not report an attempt so long after it was told of it was not told.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly ImmutableSortedDictionary<string, int> NoCounts =
        ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);

    /// <summary>Knows of no node.</summary>
    public static NodeDirectory Empty { get; } = new(
        ImmutableSortedDictionary.Create<string, NodeState>(StringComparer.Ordinal),
        ImmutableDictionary<(string, int), Placement>.Empty);

    /// <summary>Attempts on each node; what a node is only about to be told is counted.</summary>
    private ImmutableSortedDictionary<string, int> Load { get; init; } = NoCounts;

    /// <summary>
    /// Takes in a report. A node that works on an attempt which counts has it, whoever gave it to it.
    /// </summary>
    /// <param name="report">The report.</param>
    /// <param name="stateOf">A sweep by its id; null where it is not known (yet).</param>
    /// <param name="now">The time.</param>
    public NodeDirectory Hear(NodeReport report, Func<string, SweepState?> stateOf, DateTimeOffset now)
    {
        var counting = report.Running.Select(each => each.Attempt)
            .Where(attempt => stateOf(attempt.Sweep) is { } state && Counts(state, attempt)).ToLookup(attempt => Has(report.Node, attempt));
        var placements = Placements.ToBuilder();
        foreach (var attempt in counting[true])
        {
            placements[(attempt.Sweep, attempt.Shuffle)] = new Placement(attempt.Attempt, report.Node, now);
        }

        var next = this with
        {
            Nodes = Nodes.SetItem(
                report.Node, new NodeState(report.Node, report.Slots, report.IsLeaving, now, report.Running)),
            Placements = placements.ToImmutable(),
        };
        return counting[false].Aggregate(next, (directory, attempt) => directory.Place(attempt, report.Node, now));
    }

    /// <summary>A node gets an attempt.</summary>
    public NodeDirectory Place(AttemptId attempt, string node, DateTimeOffset now)
    {
        var key = (attempt.Sweep, attempt.Shuffle);
        var next = Placements.TryGetValue(key, out var before) ? Count(before.Node, -1) : this;
        return next.Count(node, +1) with { Placements = Placements.SetItem(key, new Placement(attempt.Attempt, node, now)) };
    }

    /// <summary>Takes in what became of shuffles: those that are not worked on are on no node any more.</summary>
    /// <param name="sweep">The sweep's id.</param>
    /// <param name="state">How it stands.</param>
    /// <param name="shuffles">The shuffles that something happened to.</param>
    public NodeDirectory Follow(string sweep, SweepState state, IEnumerable<int> shuffles)
    {
        var next = this;
        foreach (var shuffle in shuffles)
        {
            if (next.Placements.TryGetValue((sweep, shuffle), out var placement)
                && !Counts(state, new AttemptId(sweep, shuffle, placement.Attempt)))
            {
                next = next.Count(placement.Node, -1) with { Placements = next.Placements.Remove((sweep, shuffle)) };
            }
        }

        return next;
    }

    /// <summary>
    /// Takes in a sweep that was not known, or not for a while: nodes may have said before what they work on of it.
    /// </summary>
    /// <param name="sweep">The sweep's id.</param>
    /// <param name="state">How it stands.</param>
    /// <param name="now">The time.</param>
    public NodeDirectory Learn(string sweep, SweepState state, DateTimeOffset now)
    {
        var next = Follow(sweep, state, Placements.Keys.Where(key => key.Sweep == sweep).Select(key => key.Shuffle));
        var running =
            from node in Nodes.Values
            from each in node.Running
            where each.Attempt.Sweep == sweep && Counts(state, each.Attempt)
                && !next.Placements.ContainsKey((sweep, each.Attempt.Shuffle))
            select (each.Attempt, node.Node);
        foreach (var (attempt, node) in running)
        {
            next = next.Place(attempt, node, now);
        }

        return next;
    }

    /// <summary>Nobody is to work on a sweep any more.</summary>
    public NodeDirectory Forget(string sweep)
    {
        var next = this;
        foreach (var (key, placement) in Placements.Where(placed => placed.Key.Sweep == sweep))
        {
            next = next.Count(placement.Node, -1) with { Placements = next.Placements.Remove(key) };
        }

        return next;
    }

    /// <summary>Whether all members have reported, and none of them works on a sweep.</summary>
    public bool IsIdle(string sweep, IEnumerable<string> members) =>
        members.All(Nodes.ContainsKey) && Nodes.Values.All(node => node.Running.All(each => each.Attempt.Sweep != sweep));

    /// <summary>The cluster removed a node: what it worked on is lost.</summary>
    /// <returns>The directory without it, and its attempts.</returns>
    public (NodeDirectory Directory, ImmutableArray<AttemptId> Lost) Remove(string node)
    {
        var lost = Placements.Where(placed => placed.Value.Node == node)
            .Select(placed => new AttemptId(placed.Key.Sweep, placed.Key.Shuffle, placed.Value.Attempt))
            .OrderBy(attempt => attempt.Sweep, StringComparer.Ordinal).ThenBy(attempt => attempt.Shuffle).ToImmutableArray();
        return (
            this with
            {
                Nodes = Nodes.Remove(node),
                Placements = Placements.RemoveRange(lost.Select(attempt => (attempt.Sweep, attempt.Shuffle))),
                Load = Load.Remove(node),
            },
            lost);
    }

    /// <summary>
    /// How many more shuffles a node can work on; 0 for one that is leaving or unknown. What does not count any more has its
    /// slot until the node says that it is at an end.
    /// </summary>
    public int FreeSlots(string node)
    {
        if (!Nodes.TryGetValue(node, out var standing) || standing.IsLeaving)
        {
            return 0;
        }

        var free = standing.Slots - Load.GetValueOrDefault(node);
        return free > 0 ? Math.Max(0, free - standing.Running.Count(each => !Has(node, each.Attempt))) : 0;
    }

    /// <summary>
    /// Which of the attempts of a report should stop: those that do not count, and those whose sweep wants rest or is given up. One that is
    /// newer than all that is known of its shuffle goes on: whoever knows of none has been overtaken.
    /// </summary>
    /// <param name="report">The report.</param>
    /// <param name="stateOf">A sweep by its id; null where it is not known (yet).</param>
    /// <param name="isGivenUp">Whether nobody is to work on a sweep any more; null where that is so of none.</param>
    public static NodeOrders OrdersFor(
        NodeReport report, Func<string, SweepState?> stateOf, Predicate<string>? isGivenUp = null) => new(
    [
        .. report.Running.Where(running => isGivenUp?.Invoke(running.Attempt.Sweep) == true)
            .Select(running => new AttemptOrder(running.Attempt, AttemptStop.AtOnce)),
        .. from running in report.Running
           let state = stateOf(running.Attempt.Sweep)
           where state is not null
           where !IsNewer(state, running.Attempt)
           let stop = !Counts(state, running.Attempt) || state.IsCancelled ? AttemptStop.AtOnce
               : state.WantsRest ? AttemptStop.AtSafePoint
               : (AttemptStop?)null
           where stop is not null
           select new AttemptOrder(running.Attempt, stop.Value),
    ]);

    /// <summary>
    /// The attempts that a node has but does not report although it had time to begin: whatever told it of them got lost, or
    /// what it told of them did.
    /// </summary>
    public ImmutableArray<AttemptId> Unstarted(NodeReport report, DateTimeOffset now)
    {
        if (Load.GetValueOrDefault(report.Node) <= report.Running.Length)
        {
            return [];
        }

        var running = report.Running.Select(each => each.Attempt).ToHashSet();
        return
        [
            .. from placed in Placements
               where placed.Value.Node == report.Node && now - placed.Value.ConfirmedAt >= Patience
               let attempt = new AttemptId(placed.Key.Sweep, placed.Key.Shuffle, placed.Value.Attempt)
               where !running.Contains(attempt)
               select attempt,
        ];
    }

    /// <summary>
    /// The attempts of a sweep that no node has. Only once every member node has reported is that certain: then they are
    /// lost (design rule 5).
    /// </summary>
    /// <param name="sweep">The sweep's id.</param>
    /// <param name="state">How it stands.</param>
    /// <param name="members">The nodes that are members of the cluster, reachable or not.</param>
    public ImmutableArray<AttemptId> Orphans(string sweep, SweepState state, IEnumerable<string> members) =>
        members.All(Nodes.ContainsKey)
            ?
            [
                .. state.Running.Keys.Where(shuffle => !Placements.ContainsKey((sweep, shuffle)))
                    .Select(shuffle => new AttemptId(sweep, shuffle, state.Shuffle(shuffle).Attempt)),
            ]
            : [];

    private bool Has(string node, AttemptId attempt) =>
        Placements.TryGetValue((attempt.Sweep, attempt.Shuffle), out var placed)
        && placed.Attempt == attempt.Attempt && placed.Node == node;

    private static bool IsNewer(SweepState state, AttemptId attempt) =>
        state.HasShuffle(attempt.Shuffle) && attempt.Attempt > state.Shuffle(attempt.Shuffle).Attempt;

    private static bool Counts(SweepState state, AttemptId attempt) =>
        attempt.Shuffle >= 1 && attempt.Shuffle <= state.Shuffles.Count
        && state.Shuffle(attempt.Shuffle) is { IsRunning: true } shuffle && shuffle.Attempt == attempt.Attempt;

    private NodeDirectory Count(string node, int change) =>
        this with { Load = Load.SetItem(node, Load.GetValueOrDefault(node) + change) };
}

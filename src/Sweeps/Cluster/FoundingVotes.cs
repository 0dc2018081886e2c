using System.Collections.Immutable;

namespace AdvFit.Sweeps.Cluster;

/// <summary>A coordinator that is in no cluster asks another such one for its vote. Answered by <see cref="FoundingVote"/>, or not at all.</summary>
/// <param name="Candidate">The address of who asks.</param>
/// <param name="Round">How often it has asked so far.</param>
public sealed record RequestFoundingVote(string Candidate, long Round) : IWireMessage;

/// <summary>A coordinator that is in no cluster would join the one that the candidate founds.</summary>
/// <param name="Voter">The address of who votes.</param>
/// <param name="Round">As in the request.</param>
public sealed record FoundingVote(string Voter, long Round) : IWireMessage;

/// <summary>
/// When a coordinator that finds no cluster may found one: when a majority of all coordinators, itself among them, is in no
/// cluster either and has voted for it. Whoever is alone, or sees nobody else, never may; where there is one coordinator, it is
/// the majority. Immutable; times are read from one clock that never goes back.
/// </summary>
/// <param name="Self">The address of this coordinator.</param>
/// <param name="Coordinators">The addresses of all.</param>
public sealed record FoundingVotes(string Self, ImmutableHashSet<string> Coordinators)
{
    /// <summary>How long a vote is given away; in half of that it has to be used.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);

    private string? VotedFor { get; init; }

    private TimeSpan VotedAt { get; init; }

    private TimeSpan RoundBegan { get; init; }

    private ImmutableHashSet<string> Voters { get; init; } = [];

    /// <summary>Number of the latest round of requests; 0 before the first.</summary>
    public long Round { get; private init; }

    /// <summary>How many coordinators have to be in one cluster, so that there cannot be another one.</summary>
    /// <param name="coordinators">How many there are.</param>
    public static int MajorityOf(int coordinators) => coordinators / 2 + 1;

    /// <summary>Forgets the votes that it got, and votes for itself unless its vote is given away.</summary>
    public FoundingVotes BeginRound(TimeSpan now) => IsFree(Self, now)
        ? this with { VotedFor = Self, VotedAt = now, RoundBegan = now, Round = Round + 1, Voters = [Self] }
        : this with { Round = Round + 1, Voters = [] };

    /// <summary>Whether it asks for votes in this round.</summary>
    public bool IsCandidate => VotedFor == Self;

    /// <summary>Gives its vote away, or does not.</summary>
    /// <returns>What holds then; null where it does not.</returns>
    public FoundingVotes? VoteFor(string candidate, TimeSpan now) => Coordinators.Contains(candidate) && IsFree(candidate, now)
        ? this with { VotedFor = candidate, VotedAt = now, Voters = candidate == Self ? Voters : [] }
        : null;

    /// <summary>Counts a vote, unless it comes too late.</summary>
    public FoundingVotes Count(FoundingVote vote, TimeSpan now) =>
        IsCandidate && vote.Round == Round && now - RoundBegan < Lifetime / 2 && Coordinators.Contains(vote.Voter)
            ? this with { Voters = Voters.Add(vote.Voter) }
            : this;

    /// <summary>Whether it may found a cluster now.</summary>
    public bool MayFound => Voters.Count >= MajorityOf(Coordinators.Count);

    // Its own vote it leaves to one that comes before it: else each would have its own, and none a majority.
    private bool IsFree(string candidate, TimeSpan now) =>
        VotedFor is null || VotedFor == candidate || now - VotedAt >= Lifetime
        || (VotedFor == Self && string.CompareOrdinal(candidate, Self) < 0);
}

using System.Collections.Immutable;
using System.Diagnostics;
using Akka.Actor;
using Akka.Event;
using AdvFit.Sweeps;
using AdvFit.Sweeps.Cluster;
using AkkaCluster = Akka.Cluster.Cluster;

namespace AdvFit.Actors;

/// <summary>
/// Founds a cluster where a majority of the coordinators is in none (<see cref="FoundingVotes"/>). Beside it, Akka.NET goes on
/// asking the other coordinators for a cluster to join. It ends once this process is in one.
/// </summary>
internal sealed class ClusterFounder : UntypedActor, IWithTimers
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly AkkaCluster _cluster = AkkaCluster.Get(Context.System);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private FoundingVotes _votes;

    public ClusterFounder(string self, ImmutableHashSet<string> coordinators) => _votes = new FoundingVotes(self, coordinators);

    public ITimerScheduler Timers { get; set; } = null!;

    private static TimeSpan Now => Stopwatch.GetElapsedTime(0);

    public static Props Props(string self, IEnumerable<string> coordinators)
    {
        var all = coordinators.ToImmutableHashSet();
        return Akka.Actor.Props.Create(() => new ClusterFounder(self, all));
    }

    /// <summary>Which of the seeds a coordinator is; null where there are none.</summary>
    /// <exception cref="SweepException">It is none of them.</exception>
    public static string? OwnSeed(MembershipSettings settings)
    {
        var (host, port) = (settings.PublicHostname ?? settings.Hostname, settings.Port);
        return settings.SeedNodes is []
            ? null
            : settings.SeedNodes.FirstOrDefault(seed => Address.TryParse(seed, out var address) && (address.Host, address.Port) == (host, port))
                ?? throw new SweepException(
                    $"AdvFit:Cluster:SeedNodes does not name this coordinator, {host}:{port}; it has to name all of them, in every process.");
    }

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(nameof(Ask), Ask.Instance, TimeSpan.Zero, Interval);
    }

    protected override void OnReceive(object message)
    {
        if (_cluster.State.Members.Any(member => member.UniqueAddress.Equals(_cluster.SelfUniqueAddress)))
        {
            Context.Stop(Self);
            return;
        }

        switch (message)
        {
            case Ask:
                _votes = _votes.BeginRound(Now);
                foreach (var other in _votes.IsCandidate ? _votes.Coordinators.Remove(_votes.Self) : [])
                {
                    Context.ActorSelection($"{other}/user/{ActorNames.ClusterFounder}")
                        .Tell(new RequestFoundingVote(_votes.Self, _votes.Round));
                }

                break;
            case RequestFoundingVote request when _votes.VoteFor(request.Candidate, Now) is { } voted:
                _votes = voted;
                Sender.Tell(new FoundingVote(_votes.Self, request.Round));
                break;
            case FoundingVote vote:
                _votes = _votes.Count(vote, Now);
                break;
        }

        if (_votes.MayFound)
        {
            _log.Info("A majority of the coordinators is in no cluster; {0} founds one.", _votes.Self);
            _cluster.Join(_cluster.SelfAddress);
            Context.Stop(Self);
        }
    }

    private sealed record Ask
    {
        public static readonly Ask Instance = new();
    }
}

using Akka.Actor;
using Akka.Cluster;
using Akka.Event;
using AkkaCluster = Akka.Cluster.Cluster;

namespace AdvFit.Actors;

/// <summary>
/// Leaves a cluster in which there are too few coordinators for long, so that the process ends, begins anew and finds the one
/// that has them. The split brain resolver does not see such a cluster: it decides when a member that was up becomes
/// unreachable, for members that are up; not where the others have left in good order, nor in a process that was still joining
/// when they died.
/// </summary>
internal sealed class QuorumKeeper : UntypedActor, IWithTimers
{
    // So many looks in a row.
    private const int Patience = 30;

    private readonly AkkaCluster _cluster = AkkaCluster.Get(Context.System);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly int _majority;
    private readonly TimeSpan _interval;
    private int _tooFew;

    public QuorumKeeper(int majority, TimeSpan interval) => (_majority, _interval) = (majority, interval);

    public ITimerScheduler Timers { get; set; } = null!;

    /// <param name="majority">How many coordinators have to be there.</param>
    /// <param name="interval">The time between two looks.</param>
    public static Props Props(int majority, TimeSpan interval) => Akka.Actor.Props.Create(() => new QuorumKeeper(majority, interval));

    protected override void PreStart() => LookLater();

    protected override void OnReceive(object message)
    {
        var state = _cluster.State;
        var isMember = state.Members.Any(member => member.UniqueAddress.Equals(_cluster.SelfUniqueAddress));
        // Those that join count: where a cluster begins, nobody is up yet.
        var coordinators = state.Coordinators().Count(
            member => member.Status is not (MemberStatus.Down or MemberStatus.Exiting or MemberStatus.Removed));
        // Looks are counted, not seconds: who was asleep has not looked.
        _tooFew = isMember && coordinators < _majority ? _tooFew + 1 : 0;
        if (_tooFew < Patience)
        {
            LookLater();
            return;
        }

        _log.Warning(
            "This cluster has had {0} of the {1} coordinators that it needs for too long; this process leaves it and ends.",
            coordinators, _majority);
        _cluster.Down(_cluster.SelfAddress);
    }

    // One at a time: a timer that repeats would make up for what it missed.
    private void LookLater() => Timers.StartSingleTimer(nameof(Look), Look.Instance, _interval);

    private sealed record Look
    {
        public static readonly Look Instance = new();
    }
}

using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Cluster;

namespace AdvFit.Sweeps.Tests.Cluster;

/// <summary>
/// A node in memory: it does what the slots of a real one do, a step whenever it is told to, and repeats what is not answered.
/// </summary>
internal sealed class SimulatedNode(SimulatedCluster cluster, int place, int incarnation, int slots)
{
    private const string Refusal = "Refused.";

    private readonly Dictionary<AttemptId, Work> _running = [];
    private readonly HashSet<AttemptId> _releasing = [];

    public int Place { get; } = place;

    public string Name { get; } = $"akka.tcp://advfit@10.0.0.{place}:4054#{incarnation}";

    public bool IsLeaving { get; set; }

    public bool IsAtRest => _running.Count == 0 && _releasing.Count == 0;

    /// <summary>How often it got work that it had no slot for.</summary>
    public int Surplus { get; private set; }

    /// <summary>Whether this tells of an attempt that failed because what it did was refused.</summary>
    public static bool IsRefusal(ShuffleFact fact) => fact is AttemptFailed { Cause: Refusal };

    public void Run(RunShuffle run)
    {
        if (run.Node != Name || _running.ContainsKey(run.Attempt) || _releasing.Contains(run.Attempt))
        {
            return;
        }

        if (IsLeaving || _running.Count >= slots)
        {
            Surplus++;
            GiveBack(run.Attempt);
            return;
        }

        _running.Add(run.Attempt, new Work(run));
        _running.Count.ShouldBeLessThanOrEqualTo(slots);
        Report();
    }

    /// <summary>Says all that there is to say again.</summary>
    public void Tick()
    {
        Report();
        foreach (var attempt in _releasing)
        {
            Release(attempt);
        }

        foreach (var (attempt, work) in _running.Where(running => running.Value.IsAsking))
        {
            Ask(attempt, work);
        }
    }

    /// <summary>Each attempt does its next stage, or stops where it was asked to; or fails.</summary>
    public void DoStages(Func<AttemptId, AttemptFailed?> failure)
    {
        foreach (var (attempt, work) in _running.ToList())
        {
            if (work.Stop == AttemptStop.AtOnce || (work.Stop == AttemptStop.AtSafePoint && !work.IsAsking))
            {
                End(attempt);
                GiveBack(attempt);
            }
            else if (!work.IsAsking)
            {
                if (failure(attempt) is { } failed)
                {
                    work.Fail(failed);
                }

                work.IsAsking = true;
                Ask(attempt, work);
            }
        }
    }

    public void Obey(NodeOrders orders)
    {
        foreach (var (attempt, stop) in orders.Stop)
        {
            if (_running.TryGetValue(attempt, out var work) && work.Stop != AttemptStop.AtOnce)
            {
                work.Stop = stop;
            }
        }
    }

    /// <summary>An answer to a fact; one that came late, when it has been answered before, is nobody's.</summary>
    public void Answer(AttemptId attempt, ShuffleFact fact, IWireMessage answer)
    {
        if (!_running.TryGetValue(attempt, out var work) || !work.IsAsking || !ReferenceEquals(work.Next, fact))
        {
            return;
        }

        work.IsAsking = false;
        switch (answer)
        {
            case FactAccepted when work.IsLast:
            case AttemptFenced:
                End(attempt);
                break;
            case FactAccepted:
                work.GoOn();
                break;
            case Refused when fact is not AttemptFailed:
                work.Fail(new AttemptFailed(attempt.Shuffle, attempt.Attempt, Refusal, Retryable: false));
                break;
            default:
                End(attempt);
                GiveBack(attempt);
                break;
        }
    }

    private void Ask(AttemptId attempt, Work work)
    {
        var fact = work.Next;
        cluster.Send(() => cluster.Record(fact, answer => Answer(attempt, fact, answer)));
    }

    private void GiveBack(AttemptId attempt)
    {
        _releasing.Add(attempt);
        Release(attempt);
    }

    /// <summary>Together with a report, which goes the same way just before it.</summary>
    private void Release(AttemptId attempt)
    {
        var report = Standing();
        cluster.Send(() =>
        {
            cluster.Hear(report, this);
            cluster.Release(attempt);
            cluster.Send(() => _releasing.Remove(attempt));
        });
    }

    private void End(AttemptId attempt)
    {
        _running.Remove(attempt);
        Report();
    }

    private void Report()
    {
        var report = Standing();
        cluster.Send(() => cluster.Hear(report, this));
    }

    private NodeReport Standing() =>
        new(Name, slots, IsLeaving, [.. _running.Keys.Select(attempt => new AttemptProgress(attempt, null))]);

    /// <summary>An attempt with a slot: the facts that are left to be told.</summary>
    private sealed class Work(RunShuffle run)
    {
        private List<ShuffleFact> _left = [.. Left(run)];

        public bool IsAsking { get; set; }

        public AttemptStop? Stop { get; set; }

        public ShuffleFact Next => _left[0];

        public bool IsLast => _left.Count == 1;

        public void GoOn() => _left.RemoveAt(0);

        public void Fail(AttemptFailed failed) => _left = [failed];

        private static IEnumerable<ShuffleFact> Left(RunShuffle run)
        {
            var (shuffle, attempt, labels) = (run.Attempt.Shuffle, run.Attempt.Attempt, run.Spec.Attacks.Select(attack => attack.Label).ToArray());
            for (var epoch = run.Record.Of<EpochTrained>().Length + 1; epoch <= run.Spec.Training.Epochs; epoch++)
            {
                yield return Some.Epoch(shuffle, attempt, epoch);
            }

            foreach (var label in labels.Where(label => run.Record.Of<AttackCrafted>().All(done => done.Outcome.Attack != label)))
            {
                yield return Some.Crafted(shuffle, attempt, label);
            }

            yield return Some.Evaluated(shuffle, attempt, labels);
        }
    }
}

using System.Collections.Immutable;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Local;
using AdvFit.Sweeps.Store;

namespace AdvFit.Web.Tests;

/// <summary>
/// A sweep of any size, really recorded by a real host, in which nothing is computed: its shuffles report their stages when the test
/// lets them.
/// </summary>
internal sealed class PacedSweep : IShuffleExecutor, ISweepObserver, IDisposable
{
    public const int Epochs = 4;

    private const int TrainSamples = 10_000, TestSamples = 2_000;

    private static readonly Artifact File = new("shuffle-01/none.npz", new string('a', 64), 1);
    private static readonly StageCost Cost = new(1.5, 1.5);

    private readonly SemaphoreSlim _allowed = new(0);
    private readonly SweepStore _store;
    private readonly LocalHost _host;
    private readonly Thread _work;

    /// <param name="program">In whose store it is.</param>
    /// <param name="shuffles">How many shuffles it has.</param>
    /// <param name="slots">How many run at once.</param>
    public PacedSweep(Program program, int shuffles, int slots)
    {
        var spec = new SweepSpec(
            "simulated", "none", null, "lenet5", new TrainingSpec(Epochs, 32, 0.003),
            [new AttackSpec("fgsm", "fgsm", "paper", ImmutableSortedDictionary<string, double>.Empty, null)], shuffles, 1);
        _store = SweepStore.OpenForWriting(Path.Combine(program.Folder, "store"), TimeProvider.System.GetUtcNow());
        _host = new LocalHost(_store.Journal, slots, TimeProvider.System, this);
        var start = new StartSweep(
            spec, new DataProvenance("none", TrainSamples, TestSamples, new string('d', 64), []),
            new SessionProvenance("test", "unknown", "here", "here", "here", slots));
        _work = new Thread(() => _host.Run(start, _ => this)) { IsBackground = true };
        _work.Start();
    }

    /// <summary>Lets so many stages be done, whichever comes first.</summary>
    public void Advance(int stages) => _allowed.Release(stages);

    /// <summary>Lets all be done that is left, and waits for it.</summary>
    public void Finish()
    {
        _allowed.Release(1_000_000);
        _work.Join();
    }

    public void Run(
        ShuffleAssignment assignment, Action<ShuffleFact> report, Action<ShuffleProgress> progress,
        CancellationToken finishSafePoint, CancellationToken abandon)
    {
        var (shuffle, attempt, _) = assignment;
        // Drawn from the shuffle's number, so that the figures have something to show.
        var luck = new Random(shuffle);
        for (var epoch = 1; epoch <= Epochs; epoch++)
        {
            _allowed.Wait(abandon);
            report(new EpochTrained(
                shuffle, attempt, epoch, 1.0 / epoch, Train(epoch), Test(epoch), File, File, File, Cost));
        }

        _allowed.Wait(abandon);
        var (attempted, succeeded) = (Test(2), Test(2) * 9 / 10);
        var norms = new Distribution(succeeded, 0.55, 0.2, 0.01, 0.3, 0.51, 0.7, 2.56);
        var outcome = new AttackOutcome("fgsm", attempted, succeeded, norms, norms, 50_000, 5_000);
        report(new AttackCrafted(shuffle, attempt, outcome, File, File, Cost));
        _allowed.Wait(abandon);
        ImmutableArray<int> levels = [.. Enumerable.Range(1, Epochs)];
        report(new ShuffleEvaluated(
            shuffle, attempt,
            new ShuffleOutcome(
                shuffle, levels, 2,
                [
                    new AccuracyCurve(Subsets.Train, TrainSamples, [.. levels.Select(Train)]),
                    new AccuracyCurve(Subsets.Test, TestSamples, [.. levels.Select(Test)]),
                    new AccuracyCurve(Subsets.Fail, TestSamples - attempted, [.. levels.Select(level => level == 2 ? 0 : 100 + luck.Next(50))]),
                    new AccuracyCurve("fgsm", outcome.Succeeded, [.. levels.Select(level => level == 2 ? 0 : 200 + luck.Next(100))]),
                ],
                [outcome]),
            Cost));

        int Train(int epoch) => 7000 + (600 * epoch) + (shuffle % 13);
        int Test(int epoch) => 1400 - (20 * Math.Abs(epoch - 2)) + (shuffle % 17);
    }

    public void Recorded(SweepEvent sweepEvent, SweepState state)
    {
    }

    public void Progressed(int slot, ShuffleProgress progress)
    {
    }

    public void Dispose()
    {
        _host.Abandon();
        _work.Join();
        _host.Dispose();
        _store.Dispose();
        _allowed.Dispose();
    }
}

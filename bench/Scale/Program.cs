using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Scale;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Local;
using AdvFit.Sweeps.Spec;
using AdvFit.Sweeps.Store;

// How much AdvFit adds to a sweep of 10^2, 10^3, .. shuffles: the whole journal on a disk, the work itself simulated.
// The argument is the largest sweep; without it, 1,000,000. A shuffle has four events: assigned, an epoch, an attack,
// evaluated.
const int slots = 64, epochs = 1;
var largest = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
Console.WriteLine("shuffles,events,schedule_ms_per_run,cpu_ms_per_run,recover_events_per_s,recover_cpu_events_per_s,snapshot_recover_ms,state_bytes_per_run,journal_bytes_per_event");
for (var shuffles = 100; shuffles <= largest; shuffles *= 10)
{
    Measure(shuffles);
}

static void Measure(int shuffles)
{
    var folder = Directory.CreateTempSubdirectory("advfit-bench-").FullName;
    try
    {
        var spec = new SweepSpec(
            "bench", "none", null, "lenet5", new TrainingSpec(epochs, 32, 0.003),
            [new AttackSpec("fgsm", "fgsm", "paper", ImmutableSortedDictionary<string, double>.Empty, null)], shuffles, 1);
        var sweep = SweepId.Of(spec);
        var schedule = Timed(() => Schedule(folder, spec));
        using var store = SweepStore.OpenForReading(folder)!;
        var fromSnapshot = Timed(() => SweepReplay.Of(store.Journal, sweep));
        SweepReplay replay = SweepReplay.Empty;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var recover = Timed(() => replay = SweepReplay.Empty.Follow(store.Journal, sweep));
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        if (replay.State is not { } state || state.Completed != shuffles)
        {
            throw new InvalidOperationException("The sweep was not completed.");
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{shuffles},{replay.Number},{schedule.Wall.TotalMilliseconds / shuffles:0.0000},{schedule.Cpu.TotalMilliseconds / shuffles:0.0000},{replay.Number / recover.Wall.TotalSeconds:0},{replay.Number / recover.Cpu.TotalSeconds:0},{fromSnapshot.Wall.TotalMilliseconds:0.0},{(double)bytes / shuffles:0},{(double)new FileInfo(SweepStore.JournalOf(folder)).Length / replay.Number:0}"));
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}

static void Schedule(string folder, SweepSpec spec)
{
    using var store = SweepStore.OpenForWriting(folder, TimeProvider.System.GetUtcNow());
    using var host = new LocalHost(store.Journal, slots, TimeProvider.System, new NobodyWatches());
    host.Run(
        new StartSweep(
            spec, new DataProvenance("none", 10_000, 2_000, new string('d', 64), []),
            new SessionProvenance("bench", "unknown", "here", "here", "here", slots)),
        state => new SimulatedExecutor(state.Spec));
}

static (TimeSpan Wall, TimeSpan Cpu) Timed(Action action)
{
    using var process = Process.GetCurrentProcess();
    var (clock, cpu) = (Stopwatch.StartNew(), process.TotalProcessorTime);
    action();
    process.Refresh();
    return (clock.Elapsed, process.TotalProcessorTime - cpu);
}

internal sealed class NobodyWatches : ISweepObserver
{
    public void Recorded(SweepEvent sweepEvent, SweepState state)
    {
    }

    public void Progressed(int slot, ShuffleProgress progress)
    {
    }
}

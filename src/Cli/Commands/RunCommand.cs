using System.CommandLine;
using AdvFit.Cli.Rendering;
using AdvFit.Cli.Running;
using AdvFit.Experiments.Cnn;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Local;
using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Spec;
using AdvFit.Sweeps.Store;
using Spectre.Console;

namespace AdvFit.Cli.Commands;

/// <summary><c>advfit run</c>: starts or continues a sweep, and ends with its results.</summary>
internal sealed class RunCommand
{
    private const string StoppingSafely =
        "Stopping once each running epoch or attack is done; Ctrl+C again stops at once.";

    private const string StoppingAtOnce = "Stopping at once; the epochs and attacks in hand will be repeated.";

    private readonly SweepInputs _inputs;
    private readonly Slots _slots;
    private readonly string _sweep;
    private readonly bool _isPlain;
    private readonly bool _failFast;
    private readonly string? _storeOption;

    private RunCommand(SweepInputs inputs, int slots, bool isPlain, bool failFast, string? storeOption) =>
        (_inputs, _slots, _sweep, _isPlain, _failFast, _storeOption) =
            (inputs, Slots.For(slots, inputs.Spec.Shuffles), SweepId.Of(inputs.Spec), isPlain, failFast, storeOption);

    public static Command Create()
    {
        var (spec, shuffles, slots) = (CommonOptions.Spec(), CommonOptions.Shuffles(), CommonOptions.Slots());
        var (data, store) = (CommonOptions.Data(), CommonOptions.Store());
        var plain = new Option<bool>("--plain") { Description = "Plain lines instead of a live display" };
        var (keepGoing, failFast) = CommonOptions.WhenAShuffleFails();
        var command = new DocumentedCommand(
            "run",
            "Run a sweep, or continue it where it stopped, and show its results. Ctrl+C stops it cleanly.",
            "run sweeps/quickstart.yaml",
            "run sweeps/paper-cifar10-cnn.yaml --shuffles 2",
            "run my.yaml --store /big/disk --slots 4 --plain")
        {
            spec, shuffles, slots, data, store, plain, keepGoing, failFast,
        };
        command.SetAction(parsed =>
        {
            var inputs = SweepInputs.Load(parsed.GetRequiredValue(spec), parsed.GetValue(shuffles), parsed.GetValue(data));
            using var opened = SweepStore.OpenForWriting(
                SweepStore.Locate(parsed.GetValue(store)), TimeProvider.System.GetUtcNow());
            return new RunCommand(
                inputs, parsed.GetValue(slots) ?? PhysicalCores.Count(),
                parsed.GetValue(plain) || !Terminal.CanRedraw, parsed.GetValue(failFast), parsed.GetValue(store)).Run(opened);
        });
        return command;
    }

    private int Run(SweepStore store)
    {
        var catalog = new SweepCatalog(store);
        var before = store.Journal.Sweeps().Contains(_sweep) ? catalog.Load(_sweep).State : null;
        Announce(before, store);
        var summary = _isPlain ? WorkPlainly(store) : WorkLive(store);
        if (summary.Stopped)
        {
            Terminal.Out.WriteLine();
            Terminal.Out.Write(new Text(
                $"Stopped with {summary.Completed} of {Format.Count(summary.State.Shuffles.Count, "shuffle")} done. "
                + "Every finished epoch and attack is kept. To continue:\n"));
            // Not wrapped, to be copied as it is.
            Console.Out.WriteLine($"  {Invocation.Repeat()}");
            return ExitCodes.Stopped;
        }

        Terminal.Out.WriteLine();
        ResultsView.Write(Terminal.Out, _sweep, ResultsOf.Sweep(store, _sweep, summary.State));
        Terminal.Out.WriteLine();
        WhereThingsAre.Write(Terminal.Out, _sweep, store, _storeOption);
        return summary.Failed > 0 ? ExitCodes.SomeFailed : ExitCodes.Done;
    }

    private void Announce(SweepState? before, SweepStore store)
    {
        var spec = _inputs.Spec;
        List<(string, string)> facts =
        [
            .. SpecFacts.Of(spec, _inputs.Data.Provenance),
            ("slots", $"{Format.Count(_slots.Count, "shuffle")} at once, {Format.Count(_slots.Threads, "thread")} each"),
            ("store", store.Folder),
        ];
        if (new SweepCatalog(store).Compare(spec) is { } comparison)
        {
            facts.Add((before is null ? "new" : "extends", comparison));
        }

        if (before is not null)
        {
            facts.Add(("continues", $"{before.Completed} of {Format.Count(before.Shuffles.Count, "shuffle")} "
                + $"{(before.Completed == 1 ? "is" : "are")} done"
                + (before.Shuffles.Count > spec.Shuffles
                    ? $"; an earlier run asked for {before.Shuffles.Count}, which stands"
                    : "")));
        }

        Terminal.Out.Write(Tables.Heading(_sweep + "\n"));
        Terminal.Out.Write(Tables.Facts(facts));
        Terminal.Out.WriteLine();
    }

    private HostSummary WorkPlainly(SweepStore store)
    {
        var progress = new PlainProgress(Console.Out);
        using var host = new LocalHost(store.Journal, _slots.Count, TimeProvider.System, progress);
        using var signals = Obey(host, Console.Error.WriteLine);
        var summary = Work(host, store);
        return progress.Failure is { } failure ? throw failure : summary;
    }

    private HostSummary WorkLive(SweepStore store)
    {
        var monitor = new RunMonitor(TimeProvider.System);
        var display = new LiveProgress(Terminal.Out, monitor);
        using var host = new LocalHost(store.Journal, _slots.Count, TimeProvider.System, monitor);
        using var signals = Obey(host, display.Notice);
        var work = Task.Factory.StartNew(
            () => Work(host, store), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        display.Follow(work);
        return work.GetAwaiter().GetResult();
    }

    private static StopSignals Obey(LocalHost host, Action<string> notify) => new(
        () =>
        {
            notify(StoppingSafely);
            host.RequestStop();
        },
        () =>
        {
            notify(StoppingAtOnce);
            host.Abandon();
        });

    private HostSummary Work(LocalHost host, SweepStore store) => host.Run(
        new StartSweep(_inputs.Spec, _inputs.Data.Provenance, ThisMachine.Session(_slots.Count), _failFast),
        state => new CnnExperiment(state.Spec, _inputs.Data, store.ArtifactsOf(_sweep), _slots.Threads));
}

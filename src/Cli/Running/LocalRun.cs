using System.Runtime.ExceptionServices;
using AdvFit.Cli.Rendering;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Local;
using AdvFit.Sweeps.Notifications;
using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Spec;
using AdvFit.Sweeps.Store;
using AdvFit.Sweeps.Telemetry;
using Spectre.Console;

namespace AdvFit.Cli.Running;

/// <summary>Runs a sweep in this process until it has ended or is stopped, and shows its results.</summary>
internal sealed class LocalRun
{
    private const string StoppingSafely =
        "Stopping once each running stage is done and kept; Ctrl+C again stops at once.";

    private const string StoppingAtOnce = "Stopping at once; the stages in hand will be repeated.";

    private readonly SweepInputs _inputs;
    private readonly RunSettings _settings;
    private readonly SlotAllocation _slots;
    private readonly string _sweep;

    /// <param name="inputs">The spec and its data.</param>
    /// <param name="settings">The settings of the run.</param>
    public LocalRun(SweepInputs inputs, RunSettings settings) => (_inputs, _settings, _slots, _sweep) =
        (inputs, settings, SlotAllocation.For(settings.Slots, inputs.Spec.Shuffles), SweepId.Of(inputs.Spec));

    /// <summary>Runs the sweep, and sends the notifications once the store is free again.</summary>
    /// <param name="folder">The store's folder.</param>
    /// <param name="prepare">Called with the store before the work.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public int Run(string folder, Action<SweepStore> prepare)
    {
        var ended = RunIn(folder, prepare);
        if (ended.Summary is { } summary && !_settings.Notify.IsEmpty)
        {
            new Notifier(_settings.Notify, TimeProvider.System, Console.Error.WriteLine).Notify(summary).GetAwaiter().GetResult();
        }

        ended.Failure?.Throw();
        return ended.Code;
    }

    private Ended RunIn(string folder, Action<SweepStore> prepare)
    {
        using var store = SweepStore.OpenForWriting(folder, TimeProvider.System.GetUtcNow());
        prepare(store);
        using var log = new StoreLog(store.Folder, _sweep);
        using var measured = new SweepTelemetry(_sweep);
        using var telemetry = OtlpExport.Begin();
        try
        {
            var summary = Run(store, new CompositeObserver(log, measured));
            return new Ended(
                Show(store, summary),
                summary.Stopped ? null : RunSummary.Of(_sweep, summary.State, store.Folder), null);
        }
        catch (Exception error)
        {
            log.Failed(error, TimeProvider.System.GetUtcNow());
            return new Ended(ExitCodes.InternalFault, Summarize(store, error), ExceptionDispatchInfo.Capture(error));
        }
        finally
        {
            if (log.Failure is { } failure)
            {
                Console.Error.WriteLine($"warning: the log of the store could not be written: {failure.Message}");
            }
        }
    }

    /// <summary>The summary of a run that ended with an error; null for a sweep that was never begun.</summary>
    private RunSummary? Summarize(SweepStore store, Exception error)
    {
        try
        {
            // All shuffles may have ended, and only the results could not be shown.
            return SweepReplay.Of(store.Journal, _sweep).State is { } state
                ? RunSummary.Of(_sweep, state, store.Folder, state.AllEnded ? null : error.Message)
                : null;
        }
        catch (StoreException unreadable)
        {
            Console.Error.WriteLine($"warning: nobody is told how the sweep ended, for how it stands cannot be read: {unreadable.Message}");
            return null;
        }
    }

    private HostSummary Run(SweepStore store, ISweepObserver watching)
    {
        var catalog = new SweepCatalog(store);
        var before = store.Journal.Sweeps().Contains(_sweep) ? catalog.Load(_sweep).State : null;
        Announce(before, store);
        return _settings.IsPlain ? WorkPlainly(store, watching) : WorkLive(store, watching);
    }

    private int Show(SweepStore store, HostSummary summary)
    {
        if (summary.State.IsCancelled && summary.State.Cancelled > 0)
        {
            return RunOutcome.ShowCancelled(_sweep, summary.State, _settings.Place.Option);
        }

        if (summary.Stopped)
        {
            Terminal.Out.WriteLine();
            Terminal.Out.Write(new Text(
                $"Stopped with {summary.Completed} of {Format.Count(summary.State.Shuffles.Count, "shuffle")} done. "
                + "Every finished stage is kept. To continue:\n"));
            // Not wrapped, to be copied as it is.
            Console.Out.WriteLine($"  {Invocation.Repeat()}");
            return ExitCodes.Stopped;
        }

        return RunOutcome.ShowResults(store, _sweep, summary.State, _settings.Place.Option);
    }

    private void Announce(SweepState? before, SweepStore store) => RunHeader.Show(
        _sweep, _inputs.Spec, _inputs.Data.Provenance,
        [
            ("slots", $"{Format.Count(_slots.Count, "shuffle")} at once, {Format.Count(_slots.Threads, "thread")} each"),
            ("store", store.Folder),
        ],
        new SweepCatalog(store).Compare(_inputs.Spec), before);

    private HostSummary WorkPlainly(SweepStore store, ISweepObserver watching)
    {
        var progress = new PlainProgress(Console.Out);
        using var host = new LocalHost(store.Journal, _slots.Count, TimeProvider.System, new CompositeObserver(watching, progress));
        using var signals = Obey(host, Console.Error.WriteLine);
        var summary = Work(host, store);
        return progress.Failure is { } failure ? throw failure : summary;
    }

    private HostSummary WorkLive(SweepStore store, ISweepObserver watching)
    {
        var monitor = new RunMonitor(TimeProvider.System);
        var display = new LiveProgress(Terminal.Out, monitor);
        using var host = new LocalHost(store.Journal, _slots.Count, TimeProvider.System, new CompositeObserver(watching, monitor));
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
        new StartSweep(_inputs.Spec, _inputs.Data.Provenance, ThisMachine.Session(ThisProgram.Version, _slots.Count), _settings.FailFast),
        state => ShuffleExecutors.Create(
            new ExperimentMaterials(state.Spec, _inputs.Data), store.ArtifactsOf(_sweep), _slots.Threads));

    /// <summary>The end of a run: an exit code, or a failure to be rethrown.</summary>
    private sealed record Ended(int Code, RunSummary? Summary, ExceptionDispatchInfo? Failure);
}

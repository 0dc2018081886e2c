using AdvFit.Api.Client;
using AdvFit.Cli.Rendering;
using AdvFit.Messages;
using AdvFit.Sweeps.Notifications;
using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Spec;
using Spectre.Console;

namespace AdvFit.Cli.Running;

/// <summary>Runs a sweep on a server: submits it, watches it until it has ended, and shows its results.</summary>
/// <param name="settings">The settings of the run.</param>
internal sealed class RemoteRun(RunSettings settings)
{
    /// <summary>Runs the sweep.</summary>
    /// <param name="path">The spec's file.</param>
    /// <param name="shuffles">Number of shuffles instead of the spec's; null keeps the spec's.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public int Run(string path, int? shuffles)
    {
        var read = new SpecReader(SpecVocabulary.Engine).Read(path);
        var spec = read with { Shuffles = shuffles ?? read.Shuffles };
        using var source = settings.Place.Connect();
        using var stop = new CancellationTokenSource();
        using var signals = new StopSignals(stop.Cancel, stop.Cancel);
        // Not to be interrupted, so that it is known whether it was submitted.
        var id = Submit(source, path, spec, shuffles);
        source.Stop = stop.Token;
        try
        {
            return Follow(source, id, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Terminal.Out.WriteLine();
            Terminal.Out.Write(new Text(
                $"{id} goes on {settings.Place.Where}; only the following has ended. `{Invocation.Program} watch {id}{settings.Place.Option}` "
                + $"follows it again, and `{Invocation.Program} cancel {id}{settings.Place.Option}` ends it.\n"));
            return ExitCodes.Stopped;
        }
    }

    private string Submit(RemoteSweeps source, string path, SweepSpec spec, int? shuffles)
    {
        var catalog = new SweepCatalog(source);
        var before = source.Has(SweepId.Of(spec)) ? catalog.Load(SweepId.Of(spec)).State : null;
        var comparison = catalog.Compare(spec);
        var id = source.Control.Submit(File.ReadAllText(path), path, shuffles, settings.FailFast);
        RunHeader.Show(id, spec, catalog.Load(id).State.Data, [("server", source.Place)], comparison, before);
        return id;
    }

    private int Follow(RemoteSweeps source, string id, CancellationToken stop)
    {
        var watcher = new SweepWatcher(OpenedSweep.In(source, settings.Place, id), stop);
        watcher.Run(settings.IsPlain);
        var state = watcher.Follower.State;
        if (!settings.Notify.IsEmpty)
        {
            new Notifier(settings.Notify, TimeProvider.System, Console.Error.WriteLine)
                .Notify(RunSummary.Of(id, state, source.Place)).GetAwaiter().GetResult();
        }

        if (state is { IsCancelled: true, Cancelled: > 0 })
        {
            return RunOutcome.ShowCancelled(id, state, settings.Place.Option);
        }

        if (!state.AllEnded && !state.IsHalted)
        {
            throw new ServerException(
                $"Nobody works on {id} {settings.Place.Where} any more, with {state.Completed} of {state.Shuffles.Count} shuffles done; "
                + $"`{Invocation.Program} resume {id}{settings.Place.Option}` goes on.");
        }

        return RunOutcome.ShowResults(source, id, state, settings.Place.Option);
    }
}

using AdvFit.Api.Client;
using AdvFit.Cli.Rendering;
using AdvFit.Messages;
using AdvFit.Sweeps.Notifications;
using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Spec;
using Spectre.Console;

namespace AdvFit.Cli.Running;

/// <summary>Has a server work on a sweep, follows that until it has ended, and shows its results.</summary>
/// <param name="settings">How to follow it.</param>
internal sealed class RemoteRun(RunSettings settings)
{
    /// <summary>Does it.</summary>
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
        // Not to be left half-way: whether it was submitted has to be known.
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
        RunBeginning.Show(id, spec, catalog.Load(id).State.Data, [("server", source.Place)], comparison, before);
        return id;
    }

    private int Follow(RemoteSweeps source, string id, CancellationToken stop)
    {
        var found = FoundSweep.In(source, settings.Place, id);
        var following = new SweepFollowing(found, stop);
        following.Run(settings.IsPlain);
        var state = following.Follower.State;
        if (!settings.Notify.IsEmpty)
        {
            new Notifier(settings.Notify, TimeProvider.System, Console.Error.WriteLine)
                .Notify(RunSummary.Of(id, state, source.Place)).GetAwaiter().GetResult();
        }

        if (state is { IsCancelled: true, Cancelled: > 0 })
        {
            return RunEnding.ShowCancelled(id, state, settings.Place.Option);
        }

        if (!state.AllEnded && !state.IsHalted)
        {
            throw new ServerException(
                $"Nobody works on {id} {settings.Place.Where} any more, with {state.Completed} of {state.Shuffles.Count} shuffles done; "
                + $"`{Invocation.Program} resume {id}{settings.Place.Option}` goes on.");
        }

        return RunEnding.ShowResults(source, id, state, settings.Place.Option);
    }
}

using AdvFit.Cli.Rendering;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Queries;
using Spectre.Console;

namespace AdvFit.Cli.Running;

/// <summary>Shows the outcome of a run at its end, wherever the sweep ran.</summary>
internal static class RunOutcome
{
    /// <summary>Shows that the sweep was cancelled.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static int ShowCancelled(string sweep, SweepState state, string option)
    {
        Terminal.Out.WriteLine();
        Terminal.Out.Write(new Text(
            $"Cancelled with {state.Completed} of {Format.Count(state.Shuffles.Count, "shuffle")} done. "
            + $"What is done is kept; `{Invocation.Program} resume {sweep}{option}` takes it up again.\n"));
        return ExitCodes.Stopped;
    }

    /// <summary>Shows the results of a sweep that has ended.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static int ShowResults(ISweepSource source, string sweep, SweepState state, string option)
    {
        Terminal.Out.WriteLine();
        ResultsView.Write(Terminal.Out, sweep, state.Analyze(new SweepCatalog(source).Outcomes(sweep, state)));
        Terminal.Out.WriteLine();
        ResultsFooter.Write(Terminal.Out, sweep, source, option);
        return state.Failed > 0 ? ExitCodes.SomeFailed : ExitCodes.Done;
    }
}

using AdvFit.Cli.Rendering;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using Spectre.Console;

namespace AdvFit.Cli.Running;

/// <summary>What a run shows at its beginning, wherever the sweep runs.</summary>
internal static class RunBeginning
{
    /// <param name="sweep">The sweep's id.</param>
    /// <param name="spec">What is asked for.</param>
    /// <param name="data">The data that it runs on.</param>
    /// <param name="where">Facts about where and how it runs.</param>
    /// <param name="comparison">What the spec changes about the sweeps that there are; null where nothing.</param>
    /// <param name="before">The sweep as it was before; null where it is new.</param>
    public static void Show(
        string sweep, SweepSpec spec, DataProvenance data, IEnumerable<(string, string)> where, string? comparison, SweepState? before)
    {
        List<(string, string)> facts = [.. SpecSummary.Of(spec, data), .. where];
        if (comparison is not null)
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

        Terminal.Out.Write(Tables.Heading(sweep + "\n"));
        Terminal.Out.Write(Tables.Facts(facts));
        Terminal.Out.WriteLine();
    }
}

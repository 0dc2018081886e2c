using AdvFit.Cli.Rendering;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using Spectre.Console;

namespace AdvFit.Cli.Running;

/// <summary>Shows the facts of a run at its beginning, wherever the sweep runs.</summary>
internal static class RunHeader
{
    /// <summary>Writes the header.</summary>
    /// <param name="sweep">The sweep's id.</param>
    /// <param name="spec">The spec.</param>
    /// <param name="data">The data that it runs on.</param>
    /// <param name="where">Facts on where and how it runs.</param>
    /// <param name="comparison">The differences of the spec to existing sweeps; null for none.</param>
    /// <param name="before">The sweep's state before the run; null where it is new.</param>
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

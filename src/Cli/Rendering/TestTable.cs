using AdvFit.Analysis;
using AdvFit.Analysis.Comparisons;
using Spectre.Console;

namespace AdvFit.Cli.Rendering;

/// <summary>Shows tests of attacks against another subset, a row each.</summary>
internal static class TestTable
{
    /// <summary>The beginning of the legend; the claim completes it.</summary>
    public const string Legend =
        "Welch p: Welch's test, the paper's. paired: p of the paired t-test. Holm: the p before it, corrected "
        + "for the number of tests. g: Hedges' g. claim: what Holm-corrected Welch says, at 0.05, of the claim ";

    /// <summary>Tests of differences in accuracy, in percentage points.</summary>
    public static Table OfShares(IEnumerable<Comparison> comparisons) =>
        Of("attack - set", comparisons.Select(test => ($"{test.Attack} - {test.Against}", test)), Format.Points);

    /// <summary>A table of tests.</summary>
    /// <param name="what">Heading of the names.</param>
    /// <param name="tests">The tests with their names.</param>
    /// <param name="difference">Formats a difference of means.</param>
    public static Table Of(string what, IEnumerable<(string Name, Comparison Test)> tests, Func<double, string> difference)
    {
        var table = Tables.Create(
            (what, Justify.Left), ("diff", Justify.Right), ("Welch p", Justify.Right), ("Holm", Justify.Right),
            ("g", Justify.Right), ("paired", Justify.Right), ("Holm", Justify.Right), ("claim", Justify.Left));
        foreach (var (name, test) in tests)
        {
            table.AddRow(
                new Text(name),
                Cell(test.Welch, welch => difference(welch.Difference)),
                Cell(test.Welch, welch => Format.PValue(welch.PValue)),
                Cell(test.WelchHolm, Format.PValue),
                Cell(test.HedgesG, Format.Number),
                Cell(test.Paired, paired => Format.PValue(paired.PValue)),
                Cell(test.PairedHolm, Format.PValue),
                Claim(test.Verdict));
        }

        return table;
    }

    /// <summary>A value, or a dash where there is none; the sentences below the tables say why.</summary>
    public static Text Cell<T>(ValueOrReason<T> stated, Func<T, string> format)
        where T : notnull => new(stated.HasValue ? format(stated.Value) : "-");

    private static Text Claim(Verdict verdict) => verdict switch
    {
        Verdict.Supported => new Text("supported", new Style(Color.Green)),
        Verdict.Contradicted => new Text("contradicted", new Style(Color.Red)),
        Verdict.NotShown => new Text("not shown"),
        _ => new Text("untestable"),
    };
}

using System.Globalization;
using AdvFit.Analysis.Statistics;
using AdvFit.Cli.Models;
using Spectre.Console;

namespace AdvFit.Cli.Rendering;

/// <summary>Shows the outcome of <c>advfit attack</c>.</summary>
internal static class AttackView
{
    public static void Write(IAnsiConsole console, AttackedImages attacked, string output)
    {
        console.Write(Tables.Facts(Facts(attacked, output)));
        Warn(console, attacked.NonFiniteLogits, "have logits that are not finite; they count as failures, which is no robustness");
        Warn(
            console, attacked.ZeroGradients,
            "give no gradient to follow; only an attack without gradients, hopskipjump, can move there");
    }

    private static void Warn(IAnsiConsole console, int images, string what)
    {
        if (images > 0)
        {
            console.Write(new Text($"Warning: {images} of the original images {what}.\n", new Style(Color.Yellow)));
        }
    }

    private static IEnumerable<(string, string)> Facts(AttackedImages attacked, string output)
    {
        var (images, result) = (attacked.Images, attacked.Result);
        int[] right = [.. Enumerable.Range(0, images.Count).Where(i => attacked.Predicted[i] == attacked.Labels[i])];
        int[] fooled = [.. right.Where(i => result.Success[i])];
        yield return ("network", $"{attacked.Victim.Definition.Name} on {Format.Count(images.Count, "image")} of {images.Shape}");
        yield return ("attack", $"{attacked.Attack.Name}, profile {attacked.Attack.Profile} ({Parameters(attacked.Attack)})");
        yield return ("right before", $"{Format.Count(right.Length)}, {Format.Percent((double)right.Length / images.Count)}");
        if (right.Length > 0)
        {
            yield return (
                "fooled", $"{Format.Count(fooled.Length)} of these, {Format.Percent((double)fooled.Length / right.Length)}");
            yield return (
                "queries", $"{Format.Number(right.Average(i => result.Queries[i]))} forward and "
                + $"{Format.Number(right.Average(i => result.Gradients[i]))} backward passes for each of these, mean");
        }

        if (fooled.Length > 0)
        {
            yield return ("L2", Norms(Array.ConvertAll(fooled, i => result.L2[i])));
            yield return ("Linf", Norms(Array.ConvertAll(fooled, i => result.Linf[i])));
        }

        yield return (
            "time", $"{Format.Number(attacked.Time.TotalMilliseconds / images.Count)} ms for each image, "
            + $"{Format.Count(attacked.Threads, "thread")}");
        yield return ("written", output);
    }

    private static string Norms(double[] norms)
    {
        var summary = Distributions.Summarize(norms);
        return $"median {Format.Number(summary.Median)}, mean {Format.Number(summary.Mean)}, "
            + $"most {Format.Number(summary.Maximum)}, of those fooled";
    }

    private static string Parameters(ChosenAttack attack) => string.Join(
        ", ", attack.Parameters.Select(parameter =>
            string.Create(CultureInfo.InvariantCulture, $"{parameter.Key} {parameter.Value}")));
}

using System.Text.Json;

namespace AdvFit.Analysis.Tests.Statistics;

/// <summary>What SciPy says, as scipy/generate.py wrote it.</summary>
internal sealed record ScipyExpectations(
    TestCase[] Tests, TailCase[] Tails, QuantileCase[] Quantiles, HolmCase[] Holm, DistributionCase[] Distributions)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static ScipyExpectations Load() => JsonSerializer.Deserialize<ScipyExpectations>(
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "scipy", "expected.json")), Options)
        ?? throw new InvalidDataException("scipy/expected.json is empty; run scipy/generate.py.");
}

internal sealed record TestCase(
    double[] First, double[] Second, TestValues Welch, TestValues? Paired, double HedgesG, double? CohensDz);

internal sealed record TestValues(double Statistic, double Df, double P, double Lower, double Upper);

internal sealed record TailCase(double T, double Df, double P);

internal sealed record QuantileCase(double Probability, double Df, double T);

internal sealed record HolmCase(double[] P, double[] Adjusted);

internal sealed record DistributionCase(
    double[] Values, double Mean, double StandardDeviation, double[] Quantiles, double[]? Interval);

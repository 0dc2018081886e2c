using FsCheck;
using FsCheck.Fluent;

namespace AdvFit.Analysis.Tests.Statistics;

/// <summary>Generators of what the statistics take: deltas in [-1, 1] with ties, p-values in [0, 1].</summary>
public static class Samples
{
    public static Arbitrary<Deltas> Deltas() => (
        from size in Gen.Choose(2, 12)
        from values in Gen.Choose(-200, 200).Select(count => count / 200.0).ArrayOf(size)
        select new Deltas(values)).ToArbitrary();

    public static Arbitrary<PairedDeltas> Pairs() => (
        from size in Gen.Choose(2, 12)
        from first in Gen.Choose(-200, 200).Select(count => count / 200.0).ArrayOf(size)
        from second in Gen.Choose(-37, 37).Select(count => count / 37.0).ArrayOf(size)
        select new PairedDeltas(first, second)).ToArbitrary();

    public static Arbitrary<PValues> PValues() => (
        from size in Gen.Choose(1, 10)
        from values in Gen.Choose(0, 1000).Select(count => Math.Pow(count / 1000.0, 3)).ArrayOf(size)
        select new PValues(values)).ToArbitrary();
}

public sealed record Deltas(double[] Values)
{
    public override string ToString() => string.Join(" ", Values);
}

public sealed record PairedDeltas(double[] First, double[] Second)
{
    public override string ToString() => $"{string.Join(" ", First)} | {string.Join(" ", Second)}";
}

public sealed record PValues(double[] Values)
{
    public override string ToString() => string.Join(" ", Values);
}

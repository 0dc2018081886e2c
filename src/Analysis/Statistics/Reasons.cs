namespace AdvFit.Analysis.Statistics;

/// <summary>Why a statistic has no value. Each reads on after "not defined: ".</summary>
internal static class Reasons
{
    internal static string TooFew(int values) => values switch
    {
        0 => "no shuffle has a value, and two are needed",
        1 => "only one shuffle has a value, and two are needed",
        _ => throw new ArgumentOutOfRangeException(nameof(values), values, "Two or more values are enough."),
    };

    internal static string TooFewInAGroup(int first, int second) =>
        $"each group needs two shuffles with a value, and they have {first} and {second}";

    internal const string NoVariance =
        "the values do not vary between shuffles and are equal in both groups, so the statistic would be 0/0";

    internal const string NoVarianceButDifference =
        "the values do not vary between shuffles but differ between the groups, so the statistic would be infinite";

    internal const string ConstantDifference =
        "the difference is the same in every shuffle, so the statistic would be infinite";

    internal const string NoDifference = "the groups are equal in every shuffle, so the statistic would be 0/0";
}

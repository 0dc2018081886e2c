using AdvFit.Analysis.Findings;

namespace AdvFit.Analysis.Slopes;

/// <summary>Why a mean or a test of slopes has no value. Each reads on after "not defined: ".</summary>
internal static class SlopeReasons
{
    internal static string ByConstruction(int j) =>
        $"S_{j} is infinite by construction, because A_{j + 2} is 0 in a set of samples that {j + 2}-NN gets wrong";

    internal static string Infinite(string subset, int j, int infinite, int shuffles) =>
        $"S_{j} of {subset} is infinite in {infinite} of {SentenceFormat.Shuffles(shuffles)}, because A_{j + 2} is 0 there, "
        + "and so is its mean";
}

using System.Collections.Immutable;
using System.Globalization;

namespace AdvFit.Learning.Data.Photographs;

/// <summary>A photograph that cannot be read.</summary>
/// <param name="Name">Its path in the folder of the data set.</param>
/// <param name="Problem">What is wrong with it, such as <c>is truncated</c>.</param>
internal sealed record BrokenPhotograph(string Name, string Problem);

/// <summary>What is said of photographs that cannot be read.</summary>
internal static class BrokenPhotographs
{
    /// <summary>The most of them that a note names.</summary>
    private const int MostNamed = 20;

    /// <summary>The failure that the first of them is.</summary>
    public static DatasetException Failure(string folder, BrokenPhotograph broken) => new(
        $"{Path.Combine(folder, broken.Name)} {broken.Problem}; replace or remove it, or leave out all such files with --skip-broken.");

    /// <summary>The note on those that were left out.</summary>
    public static string Note(string dataset, ImmutableArray<BrokenPhotograph> leftOut, PhotographFolder folder) => string.Create(
        CultureInfo.InvariantCulture,
        $"{dataset}: {leftOut.Length:N0} of {folder.Train.Length + folder.Test.Length:N0} files were left out: ")
        + string.Join(", ", leftOut.Take(MostNamed).Select(broken => $"{broken.Name} {broken.Problem}"))
        + (leftOut.Length > MostNamed ? $", and {leftOut.Length - MostNamed} more" : "");
}

namespace AdvFit.Learning.Formats;

/// <summary>Errors of file formats, all worded alike.</summary>
internal static class FormatError
{
    /// <summary>An exception that says which file is wrong, at which byte, and how.</summary>
    public static InvalidDataException At(string fileName, long offset, string problem, Exception? cause = null) =>
        new($"{fileName}, byte {offset}: {problem}.", cause);

    /// <summary>
    /// Number of elements of a shape, in 64 bits so that a hostile one cannot wrap around; null where a dimension is
    /// negative or the product does not fit.
    /// </summary>
    public static long? ElementCount(IReadOnlyList<int> shape)
    {
        long count = 1;
        foreach (var dimension in shape)
        {
            if (dimension < 0 || (dimension > 0 && count > long.MaxValue / 16 / dimension))
            {
                return null;
            }

            count *= dimension;
        }

        return count;
    }
}

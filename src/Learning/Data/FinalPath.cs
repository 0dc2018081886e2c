namespace AdvFit.Learning.Data;

/// <summary>Paths without links and <c>..</c>.</summary>
internal static class FinalPath
{
    private const int MostLinks = 40;

    /// <summary>Whether a path leads to a folder, or to something in it; false also where that cannot be told.</summary>
    public static bool IsWithin(string path, string folder)
    {
        try
        {
            var (inner, outer) = (Of(path, MostLinks), Of(folder, MostLinks));
            return inner == outer
                || inner.StartsWith(outer.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>The path to which all links on the way lead; what does not exist is no link.</summary>
    private static string Of(string path, int most)
    {
        if (most == 0)
        {
            throw new IOException($"{path} leads through too many links.");
        }

        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var final = Path.GetPathRoot(full)!;
        foreach (var name in full[final.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            final = Path.Combine(final, name);
            if (new FileInfo(final).LinkTarget is { } target)
            {
                final = Of(Path.Combine(Path.GetDirectoryName(final)!, target), most - 1);
            }
        }

        return final;
    }
}

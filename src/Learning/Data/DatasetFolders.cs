using System.Collections.Immutable;
using AdvFit.Learning.Data.Known;

namespace AdvFit.Learning.Data;

/// <summary>Where data sets lie: in a root folder, each in a folder of its own name.</summary>
/// <param name="Root">The root folder; it need not exist.</param>
public sealed record DatasetFolders(string Root)
{
    /// <summary>
    /// The root that was asked for, else <c>$ADVFIT_DATA</c>, else <c>advfit/datasets</c> below <c>$XDG_CACHE_HOME</c>,
    /// else below <c>~/.cache</c>. The first that is set is used, alone.
    /// </summary>
    /// <param name="requested">What the user asked for; null or empty where nothing.</param>
    public static DatasetFolders Locate(string? requested) => Locate(requested, Environment.GetEnvironmentVariable);

    /// <summary>The folders that a data set named by its path has to lie in; null where it may lie anywhere.</summary>
    public ImmutableArray<string>? Within { get; init; }

    /// <summary>
    /// Refuses the path of a data set that lies elsewhere than <see cref="Within"/> says, once links and <c>..</c> are followed;
    /// whether there is anything is not told. Names of known data sets are never refused.
    /// </summary>
    /// <exception cref="DatasetException">It lies elsewhere.</exception>
    public void RequireWithin(string nameOrPath)
    {
        if (Within is { } folders && DatasetCatalog.Find(nameOrPath) is null
            && !folders.Any(folder => FinalPath.IsWithin(nameOrPath, folder)))
        {
            throw new DatasetException(
                $"'{nameOrPath}' is no known data set, and none that a spec may name here; those are "
                + $"{string.Join(", ", DatasetCatalog.All.Select(each => each.Name))}, and folders in {string.Join(" or ", folders)}.");
        }
    }

    /// <summary>Folder of photographs that were decoded and resized; everything in it can be made anew.</summary>
    internal string Prepared => Path.Combine(Root, "prepared");

    /// <summary>Folder of a data set: below the root, or beside the program for the embedded one.</summary>
    public string FolderOf(KnownDataset known)
    {
        ArgumentNullException.ThrowIfNull(known);
        return known.IsEmbedded
            ? Path.Combine(AppContext.BaseDirectory, "data", known.Name)
            : Path.Combine(Root, known.Name);
    }

    /// <summary>Whether all files of a data set are there, whatever they hold.</summary>
    public bool Has(KnownDataset known)
    {
        ArgumentNullException.ThrowIfNull(known);
        return known.Layout.IsComplete(FolderOf(known));
    }

    internal static DatasetFolders Locate(string? requested, Func<string, string?> environment)
    {
        if (FirstSet(requested, environment("ADVFIT_DATA")) is { } root)
        {
            return new DatasetFolders(Path.GetFullPath(root));
        }

        var cache = FirstSet(environment("XDG_CACHE_HOME"))
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return new DatasetFolders(Path.Combine(Path.GetFullPath(cache), "advfit", "datasets"));
    }

    private static string? FirstSet(params ReadOnlySpan<string?> candidates)
    {
        foreach (var candidate in candidates)
        {
            if (!string.IsNullOrEmpty(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}

using System.Collections.Immutable;

namespace AdvFit.Learning.Data.Layouts;

/// <summary>The layouts that a folder of one's own may have.</summary>
public static class DatasetLayouts
{
    /// <summary>All of them. A folder with files of several is read as the last of these.</summary>
    internal static ImmutableArray<DatasetLayout> All { get; } = [new PhotographLayout(), new IdxLayout(), new Cifar10Layout()];

    /// <summary>Their names, for "a folder with .. files".</summary>
    public static string Names { get; } = $"{string.Join(", ", All[..^1].Select(layout => layout.Name))} or {All[^1].Name}";

    /// <summary>The layout of a folder or an archive.</summary>
    /// <exception cref="DatasetException">It has none of them.</exception>
    internal static DatasetLayout Of(string path) => All.LastOrDefault(layout => layout.IsIn(path))
        ?? throw new DatasetException(
            $"{path} holds no data set; it needs {string.Join("; or ", All.Select(layout => layout.FilesInWords))}.");
}

namespace AdvFit.Deploy.Tests;

/// <summary>Files of the repository.</summary>
internal static class Repository
{
    private const string Mark = "AdvFit.sln";

    public static string Root { get; } = Find();

    public static string PathOf(string path) => Path.Combine(Root, path);

    public static string Read(string path) => File.ReadAllText(PathOf(path));

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, Mark)))
        {
            folder = Path.GetDirectoryName(folder)
                ?? throw new FileNotFoundException($"No folder above {AppContext.BaseDirectory} has {Mark}.");
        }

        return folder;
    }
}

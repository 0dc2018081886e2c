namespace AdvFit.Tests;

/// <summary>Files of the repository that tests compare with the code.</summary>
internal static class Repository
{
    private const string Mark = "AdvFit.sln";

    /// <summary>Set to 1, tests write what they would compare with: to change golden bytes on purpose (CONTRIBUTING.md).</summary>
    private const string RewriteVariable = "ADVFIT_REWRITE_GOLDEN";

    public static string Root { get; } = Find();

    public static string PathOf(string path) => Path.Combine(Root, path);

    public static string Read(string path) => File.ReadAllText(PathOf(path));

    public static IEnumerable<string> FilesOf(string folder) =>
        Directory.GetFiles(PathOf(folder)).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    /// <summary>Whether a path whose last part has a wildcard is that of a file.</summary>
    public static bool Matches(string pattern) =>
        pattern.Contains('*', StringComparison.Ordinal) && Directory.Exists(PathOf(Path.GetDirectoryName(pattern)!))
        && Directory.GetFiles(PathOf(Path.GetDirectoryName(pattern)!), Path.GetFileName(pattern)).Length > 0;

    /// <summary>Whether a text is that of a file, which is written instead where golden bytes are to be changed.</summary>
    public static void ShouldHold(string path, string text)
    {
        if (Environment.GetEnvironmentVariable(RewriteVariable) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
            File.WriteAllText(PathOf(path), text);
            return;
        }

        Read(path).ShouldBe(text, $"{path} differs; with {RewriteVariable}=1 the test writes it anew.");
    }

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

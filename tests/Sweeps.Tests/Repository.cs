namespace AdvFit.Sweeps.Tests;

/// <summary>Files of the repository that tests compare with the code.</summary>
internal static class Repository
{
    private const string Mark = "AdvFit.sln";

    public static string Read(string path) => File.ReadAllText(System.IO.Path.Combine(Root(), path));

    public static IEnumerable<string> FilesOf(string folder) =>
        Directory.GetFiles(System.IO.Path.Combine(Root(), folder)).Select(file => System.IO.Path.GetFileName(file));

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(System.IO.Path.Combine(folder, Mark)))
        {
            folder = System.IO.Path.GetDirectoryName(folder)
                ?? throw new FileNotFoundException($"No folder above {AppContext.BaseDirectory} has {Mark}.");
        }

        return folder;
    }
}

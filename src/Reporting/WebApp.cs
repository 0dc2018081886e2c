namespace AdvFit.Reporting;

/// <summary>The web app that shows reports and the dashboard, as it was built from <c>src/Web</c>.</summary>
public static class WebApp
{
    private static string FilePath => Path.Combine(AppContext.BaseDirectory, "web", "app.html");

    /// <summary>The app's HTML.</summary>
    /// <exception cref="FileNotFoundException">It was not built; the message says how to build it.</exception>
    public static string Read() => File.Exists(FilePath)
        ? File.ReadAllText(FilePath)
        : throw new FileNotFoundException(
            "The web app is not beside the program; build it by src/Web/build.sh, which needs Node.js 18 or newer (https://nodejs.org), "
            + "and the program again.");
}

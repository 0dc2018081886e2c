namespace AdvFit.Dashboard;

/// <summary>The web app as the dashboard serves it. Its content security policy lets it connect to this server only.</summary>
internal static class DashboardPage
{
    private const string ConnectToNothing = "connect-src 'none'";

    /// <summary>The page.</summary>
    /// <param name="app">The web app as it was built.</param>
    /// <exception cref="InvalidDataException">The app has no such policy, so it is of another version.</exception>
    public static string Of(string app) => app.Contains(ConnectToNothing, StringComparison.Ordinal)
        ? app.Replace(ConnectToNothing, "connect-src 'self'", StringComparison.Ordinal)
        : throw new InvalidDataException("The web app is not of this version; build it again with `npm run build` in src/Web.");
}

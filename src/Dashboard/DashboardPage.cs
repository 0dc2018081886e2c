namespace AdvFit.Dashboard;

/// <summary>The web app as it is served: it may ask this server, and no other.</summary>
internal static class DashboardPage
{
    private const string AsksNobody = "connect-src 'none'";

    /// <summary>The page.</summary>
    /// <param name="app">The web app, as it is built.</param>
    /// <exception cref="InvalidDataException">The app has no policy: it is not this version's.</exception>
    public static string Of(string app) => app.Contains(AsksNobody, StringComparison.Ordinal)
        ? app.Replace(AsksNobody, "connect-src 'self'", StringComparison.Ordinal)
        : throw new InvalidDataException("The web app is not of this version; build it again with `npm run build` in src/Web.");
}

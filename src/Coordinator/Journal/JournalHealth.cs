using LinqToDB;
using LinqToDB.Data;

namespace AdvFit.Coordinator.Journal;

/// <summary>Whether the journal's database answers.</summary>
internal static class JournalHealth
{
    /// <summary>Asks it the least that there is to ask.</summary>
    /// <returns>What is wrong, in a sentence; null for nothing.</returns>
    public static async Task<string?> WhyAway(JournalSettings settings, CancellationToken cancellation)
    {
        try
        {
            await using var database = new DataConnection(new DataOptions().UseConnectionString(settings.Provider, settings.ConnectionString!));
            await database.ExecuteAsync("SELECT 1", cancellation);
            return null;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return "The journal's database does not answer.";
        }
    }
}

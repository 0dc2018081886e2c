using System.Data.Common;
using System.Runtime.CompilerServices;
using Akka.Persistence.Query;
using Akka.Streams;
using Akka.Streams.Dsl;
using AdvFit.Api;

namespace AdvFit.Coordinator.Journal;

/// <summary>Runs queries of the journal, and turns database errors into <see cref="ServiceUnavailableException"/>.</summary>
internal static class JournalQueries
{
    /// <summary>The events of a query, as they come.</summary>
    /// <exception cref="ServiceUnavailableException">The database is away.</exception>
    public static async IAsyncEnumerable<EventEnvelope> Run(
        this Source<EventEnvelope, Akka.NotUsed> query, IMaterializer materializer,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var events = query.RunAsAsyncEnumerable(materializer).GetAsyncEnumerator(cancellation);
        while (true)
        {
            try
            {
                if (!await events.MoveNextAsync())
                {
                    yield break;
                }
            }
            catch (Exception error) when (IsOfDatabase(error))
            {
                throw new ServiceUnavailableException("The cluster's database is away; it is worth trying again.", error);
            }

            yield return events.Current;
        }
    }

    private static bool IsOfDatabase(Exception error) => error switch
    {
        AggregateException several => several.InnerExceptions.Any(IsOfDatabase),
        DbException or TimeoutException or IOException => true,
        _ => error.InnerException is { } cause && IsOfDatabase(cause),
    };
}

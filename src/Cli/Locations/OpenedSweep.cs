using AdvFit.Analysis;
using AdvFit.Sweeps;
using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Spec;
using AdvFit.Sweeps.Store;

namespace AdvFit.Cli.Locations;

/// <summary>A sweep of a store or a server, opened for reading.</summary>
internal sealed class OpenedSweep : IDisposable
{
    private OpenedSweep(ISweepSource source, SweepLocation place, SweepDetails details) =>
        (Source, Place, Details) = (source, place, details);

    /// <summary>The opened store or server.</summary>
    public ISweepSource Source { get; }

    /// <summary>The location, as the user named it.</summary>
    public SweepLocation Place { get; }

    /// <summary>The sweep's state and history.</summary>
    public SweepDetails Details { get; }

    /// <summary>Opens the location, and finds a sweep in it.</summary>
    /// <param name="place">The location.</param>
    /// <param name="asked">An id, the start of one, a name or a spec's path; null for the newest.</param>
    /// <param name="evenQuarantined">Whether one that is quarantined is opened as well, with what of it is sound.</param>
    /// <exception cref="SweepException">There is no such sweep, or it is quarantined.</exception>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public static OpenedSweep Open(SweepLocation place, string? asked, bool evenQuarantined = false)
    {
        var source = place.Open() ?? throw new SweepException(
            $"There are no sweeps {place.Where}; start one with `{Invocation.Program} run SPEC`, or name another --store.");
        try
        {
            var id = IdOf(source, place, asked);
            return source.TroubleOf(id) is { } trouble && !evenQuarantined
                ? throw new SweepException(trouble)
                : In(source, place, id);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>The id of the sweep that a user means.</summary>
    /// <exception cref="SweepException">There is no such sweep.</exception>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public static string IdOf(ISweepSource source, SweepLocation place, string? asked) => asked is null
        ? source.Sweeps().FirstOrDefault() ?? throw new SweepException(
            $"There are no sweeps {place.Where}; start one with `{Invocation.Program} run SPEC{place.Option}`.")
        : new SweepCatalog(source).Resolve(asked, path => new SpecReader(SpecVocabulary.Engine).Read(path));

    /// <summary>A sweep by its id, in a location that is open.</summary>
    /// <exception cref="SweepException">There is no such sweep.</exception>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public static OpenedSweep In(ISweepSource source, SweepLocation place, string id) =>
        new(source, place, new SweepCatalog(source).Load(id));

    /// <summary>The results of what is done so far.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    /// <exception cref="AnalysisException">The outcomes contradict the spec.</exception>
    public SweepResults Analyze() => Details.State.Analyze(new SweepCatalog(Source).Outcomes(Details.Id, Details.State));

    /// <inheritdoc/>
    public void Dispose() => Source.Dispose();
}

using AdvFit.Sweeps;
using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Spec;
using AdvFit.Sweeps.Store;

namespace AdvFit.Cli;

/// <summary>The sweep that a user asked for, where it is.</summary>
internal sealed class FoundSweep : IDisposable
{
    private FoundSweep(ISweepSource source, SweepLocation place, SweepDetails details) =>
        (Source, Place, Details) = (source, place, details);

    /// <summary>The sweeps of that place, to be looked at.</summary>
    public ISweepSource Source { get; }

    /// <summary>The place, as the user named it.</summary>
    public SweepLocation Place { get; }

    /// <summary>All there is to know of the sweep.</summary>
    public SweepDetails Details { get; }

    /// <summary>Finds a sweep.</summary>
    /// <param name="place">Where.</param>
    /// <param name="asked">An id, the start of one, a name or a spec's path; null for the newest.</param>
    /// <exception cref="SweepException">There is no such sweep.</exception>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public static FoundSweep Open(SweepLocation place, string? asked)
    {
        var source = place.Open() ?? throw new SweepException(
            $"There are no sweeps {place.Where}; start one with `{Invocation.Program} run SPEC`, or name another --store.");
        try
        {
            return In(source, place, IdOf(source, place, asked));
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

    /// <summary>A sweep by its id, where the place is open.</summary>
    /// <exception cref="SweepException">There is no such sweep.</exception>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public static FoundSweep In(ISweepSource source, SweepLocation place, string id) =>
        new(source, place, new SweepCatalog(source).Load(id));

    /// <inheritdoc/>
    public void Dispose() => Source.Dispose();
}

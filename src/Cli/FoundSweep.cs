using AdvFit.Sweeps;
using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Spec;
using AdvFit.Sweeps.Store;

namespace AdvFit.Cli;

/// <summary>The sweep that a user asked for, in its store.</summary>
internal sealed class FoundSweep : IDisposable
{
    private FoundSweep(SweepStore store, string? storeOption, SweepDetails details) =>
        (Store, StoreOption, Details) = (store, storeOption, details);

    /// <summary>The store, open for reading.</summary>
    public SweepStore Store { get; }

    /// <summary>The value of <c>--store</c>; null where it is not given.</summary>
    public string? StoreOption { get; }

    /// <summary>All there is to know of the sweep.</summary>
    public SweepDetails Details { get; }

    /// <summary>Finds a sweep.</summary>
    /// <param name="storeOption">The value of <c>--store</c>; null where it is not given.</param>
    /// <param name="asked">An id, the start of one, a name or a spec's path; null for the newest.</param>
    /// <exception cref="SweepException">There is no such sweep.</exception>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public static FoundSweep Open(string? storeOption, string? asked)
    {
        var folder = SweepStore.Locate(storeOption);
        var store = SweepStore.OpenForReading(folder) ?? throw new SweepException(
            $"There are no sweeps in {folder}; start one with `{Invocation.Program} run SPEC`, or name another --store.");
        try
        {
            var catalog = new SweepCatalog(store);
            var newest = store.Journal.Sweeps().FirstOrDefault();
            var id = asked is null
                ? newest ?? throw new SweepException(
                    $"There are no sweeps in {folder}; start one with `{Invocation.Program} run SPEC`.")
                : catalog.Resolve(asked, path => new SpecReader(SpecVocabulary.Engine).Read(path));
            return new FoundSweep(store, storeOption, catalog.Load(id));
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Store.Dispose();
}

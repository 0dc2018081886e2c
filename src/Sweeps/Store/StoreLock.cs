using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AdvFit.Sweeps.Store;

/// <summary>The process that holds a store.</summary>
/// <param name="ProcessId">Its process id.</param>
/// <param name="Machine">The machine it runs on.</param>
/// <param name="Since">When it took the store.</param>
public sealed record StoreHolder(int ProcessId, string Machine, DateTimeOffset Since);

/// <summary>
/// At most one process writes to a store: it holds an operating system lock on the file <c>lock</c>, which the system
/// frees when the process ends, however it ends. Beside it, <c>lock.holder</c> says who that is; it means nothing while
/// the lock is free. (A file of its own, because a locked file cannot be read everywhere.)
/// </summary>
public sealed class StoreLock : IDisposable
{
    private const string LockFile = "lock";
    private const string HolderFile = "lock.holder";

    // A reader that looks whether the lock is held has it for an instant; a writer does not give up for that.
    private const int Tries = 10;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(20);

    private readonly FileStream _lock;
    private readonly string _holderPath;

    private StoreLock(FileStream file, string holderPath) => (_lock, _holderPath) = (file, holderPath);

    /// <summary>Takes the lock of a store.</summary>
    /// <param name="folder">The store's folder, which exists.</param>
    /// <param name="now">The time, for others to read.</param>
    /// <exception cref="StoreException">Another process holds it, or the store cannot be written to.</exception>
    public static StoreLock Acquire(string folder, DateTimeOffset now)
    {
        var path = Path.Combine(folder, LockFile);
        var holderPath = Path.Combine(folder, HolderFile);
        FileStream? file = null;
        try
        {
            file = Lock(path) ?? throw HeldBy(folder, ReadHolder(holderPath));
            var holder = new StoreHolder(Environment.ProcessId, Environment.MachineName, now);
            File.WriteAllText(holderPath, JsonSerializer.Serialize(holder, StoreLockContext.Default.StoreHolder));
            return new StoreLock(file, holderPath);
        }
        catch (Exception error)
        {
            file?.Dispose();
            if (StoreFaults.IsFault(error))
            {
                throw StoreFaults.Explain(path, error);
            }

            throw;
        }
    }

    /// <summary>The process that holds a store at present; null where none does.</summary>
    /// <param name="folder">The store's folder.</param>
    public static StoreHolder? Holder(string folder)
    {
        var path = Path.Combine(folder, LockFile);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var probe = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return null;
        }
        catch (IOException error) when (IsHeld(error))
        {
            return ReadHolder(Path.Combine(folder, HolderFile)) ?? new StoreHolder(0, "unknown", DateTimeOffset.MinValue);
        }
        catch (Exception error) when (StoreFaults.IsFault(error))
        {
            throw StoreFaults.Explain(path, error);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            File.Delete(_holderPath);
        }
        finally
        {
            _lock.Dispose();
        }
    }

    /// <summary>The locked file; null where another process has it.</summary>
    private static FileStream? Lock(string path)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException error) when (IsHeld(error))
            {
                if (tries == Tries)
                {
                    return null;
                }

                Thread.Sleep(BetweenTries);
            }
        }
    }

    private static bool IsHeld(IOException error)
    {
        // EWOULDBLOCK of flock on Linux and macOS; ERROR_SHARING_VIOLATION on Windows.
        const int linux = 11, mac = 35, windows = unchecked((int)0x80070020);
        return error.HResult is linux or mac or windows;
    }

    private static StoreHolder? ReadHolder(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), StoreLockContext.Default.StoreHolder);
        }
        catch (Exception error) when (error is IOException or JsonException)
        {
            // It has the lock but has not said who it is yet.
            return null;
        }
    }

    private static StoreException HeldBy(string folder, StoreHolder? holder)
    {
        var who = holder is null
            ? "another process"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"process {holder.ProcessId} on {holder.Machine}, since {holder.Since.ToUniversalTime():yyyy-MM-dd HH:mm:ss} UTC");
        return new StoreException(
            $"The store {folder} is in use by {who}; wait until it ends, stop it, or use another store by --store or ADVFIT_STORE.");
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(StoreHolder))]
internal sealed partial class StoreLockContext : JsonSerializerContext;

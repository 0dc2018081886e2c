namespace AdvFit.Learning.Kernels;

/// <summary>
/// The threads that share the work on one tile. A kernel is cut into pieces that write to different places, so that the same
/// bits come out of any number of threads.
/// </summary>
internal sealed class Workers
{
    /// <summary>About 20 microseconds of one thread, some times what it takes to wake another.</summary>
    private const long WorthSharing = 1_000_000;

    private readonly ParallelOptions _options;
    private double _helperSeconds;

    /// <param name="count">Threads, the calling one included; at least 1.</param>
    public Workers(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        (Count, _options) = (count, new ParallelOptions { MaxDegreeOfParallelism = count });
    }

    /// <summary>The calling thread alone.</summary>
    public static Workers One { get; } = new(1);

    /// <summary>Threads, the calling one included.</summary>
    public int Count { get; }

    /// <summary>Processor time so far of threads other than the callers', in seconds.</summary>
    public double HelperSeconds => Volatile.Read(ref _helperSeconds);

    /// <summary>Runs pieces 0 to <paramref name="pieces"/> - 1, in any order, and returns when all are done.</summary>
    /// <param name="cost">Multiply-adds of all pieces together, or what takes as long: little work is not worth sharing.</param>
    public void Run<TWork>(int pieces, long cost, TWork work)
        where TWork : struct, IPieces
    {
        if (Count == 1 || pieces == 1 || cost < WorthSharing)
        {
            for (var piece = 0; piece < pieces; piece++)
            {
                work.Run(piece, 0);
            }

            return;
        }

        Share(pieces, work);
    }

    /// <inheritdoc cref="Run{TWork}(int, long, TWork)"/>
    public void Run(int pieces, long cost, Action<int> work) => Run(pieces, cost, new Each(work));

    // Apart from Run, so that nothing is allocated where there is one thread.
    private void Share<TWork>(int pieces, TWork work)
        where TWork : struct, IPieces
    {
        var next = -1;
        var caller = Environment.CurrentManagedThreadId;
        Parallel.For(0, Math.Min(Count, pieces), _options, worker =>
        {
            var own = work;
            var before = ThreadTime.Seconds();
            for (var piece = Interlocked.Increment(ref next); piece < pieces; piece = Interlocked.Increment(ref next))
            {
                own.Run(piece, worker);
            }

            if (Environment.CurrentManagedThreadId != caller)
            {
                AddHelperSeconds(ThreadTime.Seconds() - before);
            }
        });
    }

    private void AddHelperSeconds(double seconds)
    {
        double before;
        do
        {
            before = HelperSeconds;
        }
        while (Interlocked.CompareExchange(ref _helperSeconds, before + seconds, before) != before);
    }

    private readonly struct Each(Action<int> work) : IPieces
    {
        public void Run(int piece, int worker) => work(piece);
    }
}

/// <summary>Work that is cut into pieces.</summary>
internal interface IPieces
{
    /// <param name="piece">Number of the piece.</param>
    /// <param name="worker">Number of the thread among those that share the work, for room of its own.</param>
    void Run(int piece, int worker);
}

namespace AdvFit.Api.Tests;

/// <summary>Holds work up until it is opened, at the latest when the test ends, however it ends.</summary>
internal sealed class Gate : IDisposable
{
    private readonly TaskCompletionSource _opened = new();

    /// <summary>Waits for it.</summary>
    public void Wait() => _opened.Task.Wait();

    /// <summary>Lets everybody through from now on.</summary>
    public void Open() => _opened.TrySetResult();

    public void Dispose() => Open();
}

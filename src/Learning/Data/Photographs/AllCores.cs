using System.Runtime.ExceptionServices;

namespace AdvFit.Learning.Data.Photographs;

/// <summary>A loop over independent items on all cores, whose first failure is that of the item with the smallest number.</summary>
internal static class AllCores
{
    public static void For(int count, Action<int> work)
    {
        var failures = new Exception?[count];
        Parallel.For(0, count, i =>
        {
            try
            {
                work(i);
            }
            catch (DatasetException failure)
            {
                failures[i] = failure;
            }
        });
        if (failures.FirstOrDefault(failure => failure is not null) is { } first)
        {
            ExceptionDispatchInfo.Throw(first);
        }
    }
}

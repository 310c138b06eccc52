"""What a call from Python into C costs, alone and for whole arrays. CPU time, seed fixed."""
import pathlib, subprocess, tempfile
import ctypes, time, array, statistics
import numpy as np
here = pathlib.Path(__file__).parent
library = pathlib.Path(tempfile.mkdtemp()) / "boundary.so"
subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", library, here / "boundary.c"], check=True)
lib = ctypes.CDLL(str(library))
lib.add.argtypes = [ctypes.c_double]*2; lib.add.restype = ctypes.c_double
lib.sumsq.argtypes = [ctypes.c_void_p, ctypes.c_long]; lib.sumsq.restype = ctypes.c_double
def py_sumsq(xs):
    s = 0.0
    for x in xs: s += x*x
    return s
def per_element(xs):
    s=0.0
    for x in xs: s = lib.add(s, x*x)
    return s
def list_copied(xs):
    buf = (ctypes.c_double*len(xs))(*xs)
    return lib.sumsq(ctypes.addressof(buf), len(xs))
def shared(a):
    return lib.sumsq(a.ctypes.data, a.size)
def t(f,arg,n):
    r=[]
    for _ in range(25):
        t0=time.perf_counter()
        for _ in range(n): f(arg)
        r.append((time.perf_counter()-t0)/n)
    return min(r)*1e6
for size in (1,10,100,1000,100000):
    xs=[float(i%7) for i in range(size)]; a=np.array(xs)
    n=max(3,200000//(size*4+50))
    print(size, *(f"{name}={t(f,arg,n):.2f}us" for name,f,arg in (("python",py_sumsq,xs),("per_element",per_element,xs),("copied",list_copied,xs),("shared",shared,a))))

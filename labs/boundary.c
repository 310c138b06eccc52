double add(double a,double b){return a+b;}
double sumsq(const double*x,long n){double s=0;for(long i=0;i<n;i++)s+=x[i]*x[i];return s;}
